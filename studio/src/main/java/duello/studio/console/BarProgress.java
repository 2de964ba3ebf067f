package duello.studio.console;

import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on a terminal with rate and time left. */
final class BarProgress implements Progress {
    private static final int WIDTH = 110;
    private static final int MILLISECONDS = 500;

    private final ProgressBar bar;

    BarProgress(String task, long total, long done, boolean plain) {
        bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .startsFrom(done, Duration.ZERO)
                .setStyle(plain ? ProgressBarStyle.ASCII : ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(MILLISECONDS)
                .showSpeed()
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .build();
    }

    @Override
    public void at(long done, String remark) {
        bar.stepTo(done);
        if (!remark.isEmpty()) {
            bar.setExtraMessage(" " + remark);
        }
    }

    @Override
    public void close() {
        bar.close();
    }
}
