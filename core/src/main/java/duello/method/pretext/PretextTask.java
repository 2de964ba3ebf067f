package duello.method.pretext;

import duello.model.ImageDomain;
import org.bytedeco.pytorch.Device;

/** A catalogue entry: the settings of a transformation that several methods can be played with. */
public interface PretextTask {
    /**
     * The transformation for images of a domain.
     *
     * @throws duello.catalog.Failure if it cannot be done to such images
     */
    Assignment assign(ImageDomain domain, Device device);
}
