package dev.gatehouse.net.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Who speaks no JSON needs no Jackson. */
class WithoutJacksonTest {
    /** Serves one message with a codec of texts; without JSON if {@code args} is empty. */
    public static void main(String[] args) {
        Codec.text().handler((connection, message) -> connection.send(message));
        Codec.bytes().blockingHandler(connection -> connection.send(new byte[0]));
        if (args.length > 0) {
            Codec.json(String.class, String.class);
        }
    }

    @Test
    void textsAndBytesWorkWithoutIt() throws Exception {
        URL[] withoutJackson = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("jackson"))
                .map(WithoutJacksonTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(withoutJackson, ClassLoader.getPlatformClassLoader())) {
            var main = loader.loadClass(WithoutJacksonTest.class.getName()).getMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) new String[0]);
            assertThatExceptionOfType(InvocationTargetException.class)
                    .isThrownBy(() -> main.invoke(null, (Object) new String[] {"json"}))
                    .havingCause()
                    .isInstanceOf(NoClassDefFoundError.class);
            assertThat(loader.getResource("tools/jackson/databind/ObjectMapper.class"))
                    .isNull();
        }
    }

    private static URL url(String entry) {
        try {
            return new File(entry).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(URI.create(entry).toString(), e);
        }
    }
}
