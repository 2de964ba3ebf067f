package duello.method.adapt;

import duello.method.Table;
import duello.model.Code;
import duello.model.Generator;
import duello.model.Latent;
import duello.torch.Forward;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A named map of a network.
 *
 * @param name what taps are told
 * @param rows and columns
 */
record NamedMap(String name, long channels, long rows) {
    private static final class Seen implements Forward.Tap {
        private final List<NamedMap> maps = new ArrayList<>();

        @Override
        public Tensor at(String layer, Tensor map) {
            maps.add(new NamedMap(layer, map.size(1), map.size(2)));
            return map;
        }
    }

    /** Those of a discriminator's trunk, from the image inwards; seen in a pass that leaves no trace. */
    static List<NamedMap> ofDiscriminator(Table table) {
        Seen seen = new Seen();
        int side = table.domain().resolution();
        try (Scope scope = Scope.open()) {
            Tensor image = Ops.zeros(table.device(), 1, 3, side, side);
            Scope.withoutGrad(() -> table.discriminator().trunk(image, Forward.EVALUATION.with(seen)));
        }
        return List.copyOf(seen.maps);
    }

    /** Those of a generator, from the latent outwards. */
    static List<NamedMap> ofGenerator(Generator generator, Device device) {
        Seen seen = new Seen();
        try (Scope scope = Scope.open()) {
            Tensor z = Ops.zeros(device, 1, generator.space().size());
            Tensor label = Ops.tensor(new long[1], 1).to(device, ScalarType.Long);
            Scope.withoutGrad(() -> {
                Code code = generator.map(new Latent(z, label), Forward.EVALUATION);
                generator.draw(code, Forward.EVALUATION.with(seen));
            });
        }
        return List.copyOf(seen.maps);
    }
}
