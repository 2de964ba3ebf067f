package duello.data;

import duello.io.Size;
import java.nio.file.Path;
import java.util.List;

/**
 * What a folder of pictures, or a database of them, holds.
 *
 * @param type the dataset's name in a recipe
 * @param folder the folder
 * @param classes how many sound pictures each class has, over all splits, sorted by name
 * @param sides the sizes of the sound pictures
 * @param bad pictures that no decoder takes, with the reason
 * @param grey sound pictures stored without colour
 * @param alpha sound pictures stored with transparency
 */
public record FolderReport(
        String type, Path folder, List<ClassCount> classes, Sides sides, List<BadFile> bad, int grey, int alpha) {
    /** A class with fewer pictures than this is hardly learnt. */
    public static final int FEW = 10;

    private static final int LARGEST = 1024;

    /** One class. */
    public record ClassCount(String name, int images) {}

    /**
     * The shorter sides in pixels, and the size that occurs most; all 0 (and 1 x 1) when no picture is sound.
     *
     * @param mostCommonCount how many pictures have that size
     */
    public record Sides(int min, int median, int max, Size mostCommon, int mostCommonCount) {}

    /** One picture that cannot be used, its file or its key, and why, in a line. */
    public record BadFile(String name, String reason) {}

    /** How many sound pictures. */
    public int total() {
        return classes.stream().mapToInt(ClassCount::images).sum();
    }

    /** The classes with fewer than {@link #FEW} sound pictures. */
    public List<ClassCount> nearEmpty() {
        return classes.stream().filter(c -> c.images() < FEW).toList();
    }

    /** The largest power of two, 16 to 1024, that half of the pictures reach without being enlarged. */
    public int suggestedResolution() {
        return Math.max(16, Math.min(LARGEST, Integer.highestOneBit(Math.max(1, sides.median()))));
    }

    /** The lines of a recipe, without indentation, that open this folder. */
    public String recipe() {
        String quoted = "'" + folder.toString().replace("'", "''") + "'";
        return "type: " + type + "\npath: " + quoted + "\nresolution: " + suggestedResolution() + "\n";
    }
}
