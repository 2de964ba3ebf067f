package duello.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Times of two contestants that took turns: A B A B ... A pair is two neighbours in time. */
final class Pairs {
    private final List<Double> first = new ArrayList<>();
    private final List<Double> second = new ArrayList<>();

    /**
     * What the pairs say.
     *
     * @param first median time of the first, in the unit of the times
     * @param second median time of the second
     * @param ratio median over pairs of second / first: how many times faster the first is
     * @param least the smallest ratio of a pair
     * @param most the largest ratio of a pair
     */
    record Summary(double first, double second, double ratio, double least, double most) {}

    void add(double firstTime, double secondTime) {
        first.add(firstTime);
        second.add(secondTime);
    }

    /**
     * Medians and ratios of all pairs so far.
     *
     * @throws IllegalStateException if there are none
     */
    Summary summary() {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            ratios.add(second.get(i) / first.get(i));
        }
        if (ratios.isEmpty()) {
            throw new IllegalStateException("no pair was timed");
        }
        return new Summary(
                median(first), median(second), median(ratios), Collections.min(ratios), Collections.max(ratios));
    }

    /** The middle value; of an even count the mean of the two in the middle. */
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
