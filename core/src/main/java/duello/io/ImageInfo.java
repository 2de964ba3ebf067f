package duello.io;

/**
 * What is known of a picture that decoded without fault.
 *
 * @param size as shown, that is after turning it as its EXIF orientation says
 * @param format png, jpeg, webp, bmp, gif or tiff
 * @param grey whether it is stored without colour
 * @param alpha whether it is stored with transparency
 */
public record ImageInfo(Size size, String format, boolean grey, boolean alpha) {}
