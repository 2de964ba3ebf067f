package duello.analysis;

/**
 * A plot that a report draws over iterations, of measured numbers.
 *
 * @param entry the analysis's name and a dot, with which its numbers' names begin
 * @param numbers what the rest of the name begins with; empty for all of the analysis
 * @param title what it shows
 * @param sentence how to read it
 */
public record Plot(String entry, String numbers, String title, String sentence) {
    /** Whether a number belongs in it. */
    public boolean shows(String name) {
        return name.startsWith(entry + numbers);
    }

    /** What a curve is called in it: {@code held back} for {@code discriminator_overfitting.held_back}. */
    public String curve(String name) {
        return name.substring(entry.length()).replace('_', ' ');
    }
}
