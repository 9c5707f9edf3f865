package dev.gatehouse.etcd;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;

/** The one thread on which all that is about etcd happens: answers arrive on it, too. After its end tasks are dropped. */
final class EtcdThread {
    private EtcdThread() {}

    static ScheduledThreadPoolExecutor start(String name) {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(name).factory(), new ThreadPoolExecutor.DiscardPolicy());
        thread.setRemoveOnCancelPolicy(true);
        return thread;
    }
}
