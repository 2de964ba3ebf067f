package duello.method.adapt;

import duello.method.Step;
import duello.method.Table;
import duello.model.Generator;
import duello.model.Latent;
import duello.torch.Forward;
import duello.torch.Scope;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.bytedeco.pytorch.Tensor;

/** Named maps of passes at the side, of which no more is computed and kept than is asked for. */
final class SideMaps {
    private final Step step;

    SideMaps(Step step) {
        this.step = step;
    }

    /** The maps of the trained generator; gradients flow to it. */
    Map<String, Tensor> target(Latent latent, Collection<String> layers, Forward f) {
        return of(table().generator(), latent, layers, f);
    }

    /** The maps of the source: without gradient, and the source does not move. */
    Map<String, Tensor> source(Latent latent, Collection<String> layers, Forward f) {
        return Scope.frozen(() -> of(table().source(), latent, layers, f.still()));
    }

    /**
     * The sum over layers of a distance between the source's map and the trained generator's, of the same latents.
     *
     * @param distance of the source's map and the trained generator's: a scalar
     */
    Tensor apart(List<String> layers, Latent latent, Forward f, BinaryOperator<Tensor> distance) {
        Set<String> names = Set.copyOf(layers);
        Map<String, Tensor> source = source(latent, names, f);
        Map<String, Tensor> target = target(latent, names, f);
        return layers.stream()
                .map(layer -> distance.apply(required(source, layer), required(target, layer)))
                .reduce(Tensor::add)
                .orElseThrow();
    }

    private static Map<String, Tensor> of(Generator g, Latent latent, Collection<String> layers, Forward f) {
        return collected(layers, g.layers(), (last, tap) -> g.map(last, g.map(latent, f), f.with(tap)));
    }

    /** The maps of a discriminator that nobody trains: nothing in it moves, so this pass may come before any other. */
    Map<String, Tensor> still(Tensor images, Collection<String> layers) {
        Forward f = step.pass(Forward.BATCH_STATISTICS);
        return collected(
                layers,
                table().discriminator().layers(),
                (last, tap) -> table().discriminator().map(last, images, f.with(tap)));
    }

    /** The images of the trained generator, without gradient. */
    Tensor targetImages(Latent latent, Forward f) {
        return images(table().generator(), latent, f);
    }

    /** The images of the source, which does not move. */
    Tensor sourceImages(Latent latent, Forward f) {
        return images(table().source(), latent, f.still());
    }

    private static Tensor images(Generator g, Latent latent, Forward f) {
        return required(Scope.frozen(() -> Map.of("images", g.images(latent, f))), "images");
    }

    /** The discriminator's maps of images. */
    Map<String, Tensor> discriminator(Tensor images, Collection<String> layers) {
        return collected(layers, table().discriminator().layers(), (last, tap) -> step.map(last, images, tap));
    }

    /** A tensor that was asked for by name. */
    static Tensor required(Map<String, Tensor> tensors, String name) {
        Tensor found = tensors.get(name);
        if (found == null) {
            throw new IllegalStateException("there is no " + name + " among " + tensors.keySet());
        }
        return found;
    }

    private Table table() {
        return step.table();
    }

    private interface Pass {
        Tensor upTo(String last, Forward.Tap tap);
    }

    private static Map<String, Tensor> collected(Collection<String> layers, List<String> order, Pass pass) {
        Map<String, Tensor> seen = new LinkedHashMap<>();
        String last =
                layers.stream().max(Comparator.comparingInt(order::indexOf)).orElseThrow();
        pass.upTo(last, (layer, map) -> {
            if (layers.contains(layer)) {
                seen.put(layer, map);
            }
            return map;
        });
        return seen;
    }
}
