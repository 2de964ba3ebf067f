package duello.train;

import duello.catalog.Failure;
import duello.model.Discriminator;
import duello.model.ImageDomain;
import duello.torch.Module;
import duello.torch.Ops;
import duello.torch.Scope;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a source's weights into networks. Networks must be the source's, key by key; only heads may differ, which then
 * start fresh.
 */
record StartWeights(Source source) {
    private static final Logger log = LoggerFactory.getLogger(StartWeights.class);

    /** @throws Failure if the source is of images of another size */
    StartWeights of(ImageDomain domain) {
        if (source.domain().resolution() != domain.resolution()) {
            throw new Failure("the source " + source.name() + " is of images of "
                    + source.domain().resolution() + " px, the recipe's data of " + domain.resolution()
                    + " px; set data.resolution=" + source.domain().resolution());
        }
        return this;
    }

    /** Fills a generator. */
    void generator(Module module, ImageDomain domain) {
        try (Scope scope = Scope.open()) {
            load(module, source.tensors(source.generator()), domain);
        }
    }

    /** Fills what the moving average starts as, as far as the source knows it; an average that it lacks is its generator. */
    void average(Module module) {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> average = source.tensors(Source.Part.AVERAGE);
            Map<String, Tensor> values = new LinkedHashMap<>(module.state());
            values.putAll(average.isEmpty() ? source.tensors(source.generator()) : average);
            module.load(values, source.name());
        }
    }

    private void load(Module module, Map<String, Tensor> values, ImageDomain domain) {
        try {
            module.load(values, source.name());
        } catch (Failure e) {
            throw explained(e, domain);
        }
    }

    private Failure explained(Failure e, ImageDomain domain) {
        return source.domain().classes() == domain.classes()
                ? e
                : new Failure(
                        "the source " + source.name() + " knows "
                                + source.domain().classes()
                                + " classes and the images are of " + domain.classes()
                                + ", which its networks depend on; sort the images into as many folders, or take a source without"
                                + " classes",
                        e);
    }

    /**
     * Fills a discriminator when its heads are built; layers of heads that the source lacks, or has in other shapes, stay
     * fresh as a whole.
     *
     * @throws Failure if there is no discriminator, or its trunk is another
     */
    void discriminator(Discriminator discriminator, ImageDomain domain) {
        if (!source.withDiscriminator()) {
            log.info("the discriminator starts fresh");
            return;
        }
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> there = source.tensors(Source.Part.DISCRIMINATOR);
            if (there.isEmpty()) {
                throw new Failure("the source " + source.name() + " holds no discriminator; set"
                        + " source.discriminator=fresh to train a new one beside its generator");
            }
            fill(discriminator, there, domain);
        }
    }

    private void fill(Discriminator discriminator, Map<String, Tensor> there, ImageDomain domain) {
        Map<String, Tensor> own = discriminator.module().state();
        Set<String> fresh = strangers(discriminator, there);
        Map<String, Tensor> values = new LinkedHashMap<>(there);
        values.keySet().retainAll(own.keySet());
        own.forEach((name, t) -> {
            if (fresh.contains(layer(name))) {
                values.put(name, t);
            }
        });
        load(discriminator.module(), values, domain);
        tell(fresh, there.keySet().stream().filter(n -> !own.containsKey(n)).toList());
    }

    /** The layers of heads that the source has not, or not of these shapes. */
    private static Set<String> strangers(Discriminator discriminator, Map<String, Tensor> there) {
        Set<String> strangers = new LinkedHashSet<>();
        discriminator.module().state().forEach((name, own) -> {
            Tensor value = there.get(name);
            boolean fits = value != null && Arrays.equals(Ops.shape(value), Ops.shape(own));
            if (!fits && discriminator.site().holds(name)) {
                strangers.add(layer(name));
            }
        });
        return strangers;
    }

    private static String layer(String tensor) {
        return tensor.substring(0, Math.max(0, tensor.lastIndexOf('.')));
    }

    private void tell(Set<String> fresh, List<String> unused) {
        if (!fresh.isEmpty()) {
            log.info("heads that start fresh, for {} has none like them: {}", source.name(), String.join(", ", fresh));
        }
        if (!unused.isEmpty()) {
            log.info("of {} not used: {}", source.name(), String.join(", ", unused));
        }
    }
}
