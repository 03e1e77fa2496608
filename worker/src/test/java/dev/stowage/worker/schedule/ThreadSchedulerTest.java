package dev.stowage.worker.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ThreadSchedulerTest {

    private final ThreadScheduler scheduler = new ThreadScheduler("test");

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void task_runsOnADaemonThread() throws Exception {
        AtomicBoolean daemon = new AtomicBoolean();
        CountDownLatch ran = new CountDownLatch(1);

        scheduler.after(Duration.ofMillis(1), () -> {
            daemon.set(Thread.currentThread().isDaemon());
            ran.countDown();
        });

        assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(daemon).isTrue();
    }

    @Test
    void close_interruptsTheRunningTask_andWaitsForIt() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        scheduler.after(Duration.ZERO, () -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                ended.set(true);
            }
        });
        assertThat(running.await(5, TimeUnit.SECONDS)).isTrue();

        scheduler.close();

        assertThat(ended).isTrue();
    }

    @Test
    void after_whenClosed_dropsTheTask() {
        AtomicBoolean ran = new AtomicBoolean();
        scheduler.close();

        scheduler.after(Duration.ZERO, () -> ran.set(true));
        scheduler.close();

        assertThat(ran).isFalse();
    }
}
