package duello.model;

/**
 * What the data decides about the networks.
 *
 * @param resolution height and width of the images in pixels
 * @param classes number of classes, at least 1
 */
public record ImageDomain(int resolution, int classes) {}
