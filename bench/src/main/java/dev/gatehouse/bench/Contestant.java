package dev.gatehouse.bench;

import java.util.Optional;

/**
 * A server that is measured.
 *
 * @param id its short name, for {@code --only}
 * @param label its name in tables
 * @param program what is started
 * @param wire what its clients speak
 * @param service what is started before it; that one's port becomes the program's last argument
 */
record Contestant(String id, String label, Program program, Wire wire, Optional<Program> service) {
    Contestant(String id, String label, Wire wire, Program program) {
        this(id, label, program, wire, Optional.empty());
    }
}
