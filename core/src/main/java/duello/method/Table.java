package duello.method;

import duello.dist.Collective;
import duello.model.Discriminator;
import duello.model.Generator;
import duello.model.Head;
import duello.model.ImageDomain;
import org.bytedeco.pytorch.Device;

/**
 * What the players sit at: everything that lives as long as the run.
 *
 * @param generator the one that is trained
 * @param average its moving average, or the generator itself when there is none
 * @param discriminator the trunk
 * @param logit the one head whose output the adversarial loss reads
 * @param domain size and classes of the images
 * @param device where tensors live
 * @param collective the processes of this run
 */
public record Table(
        Generator generator,
        Generator average,
        Discriminator discriminator,
        Head logit,
        ImageDomain domain,
        Device device,
        Collective collective) {}
