package duello.recipe.studiogan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import duello.catalog.Failure;
import duello.recipe.yaml.Place;
import duello.recipe.yaml.Tree.Fields;
import duello.recipe.yaml.Tree.Scalar;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a file is said in one line each, with its place, all at once. */
class FaultsTest {
    private static void refused(String yaml, String... lines) {
        assertThatThrownBy(() -> Translated.of(yaml))
                .isInstanceOf(Failure.class)
                .hasMessage(String.join("\n", lines));
    }

    @Test
    void allFaultsAreSaidAtOnceWithTheNearestNames() {
        refused(
                """
                DATA:
                  name: CIFAR10
                  img_siz: 32
                MODLE:
                  backbone: resnet
                MODEL:
                  backbone: big_resnt
                  adv_loss: hinge
                  d_cond_mtd: 2c
                  apply_d_sn: "True"
                LOSS:
                  adv_loss: [hinge]
                OPTIMIZATION:
                  batch_size: "N/A"
                  g_lr: fast
                  total_steps: 1.5
                  beta1: 2
                """,
                "f.yaml:3:3    unknown key 'img_siz' in section DATA (did you mean 'img_size'?)",
                "f.yaml:4:1    unknown section 'MODLE' (did you mean 'MODEL'?)",
                "f.yaml:7:13   MODEL.backbone: \"big_resnt\" is none of deep_conv, resnet, big_resnet,"
                        + " big_resnet_deep_legacy, big_resnet_deep_studiogan, stylegan2, stylegan3 (did you mean"
                        + " 'big_resnet'?)",
                "f.yaml:8:3    unknown key 'adv_loss' in section MODEL; it belongs in section LOSS",
                "f.yaml:9:15   MODEL.d_cond_mtd: \"2c\" is none of W/O, AC, PD, MH, MD, 2C, D2DCE, SPD (did you mean"
                        + " '2C'?)",
                "f.yaml:10:15  MODEL.apply_d_sn: \"True\" is neither true nor false; leave out the quotes",
                "f.yaml:12:13  LOSS.adv_loss: a list stands where one of the words is needed",
                "f.yaml:14:15  OPTIMIZATION.batch_size: \"N/A\" stands where a whole number is needed",
                "f.yaml:15:9   OPTIMIZATION.g_lr: \"fast\" is not a number",
                "f.yaml:16:16  OPTIMIZATION.total_steps: \"1.5\" is not a whole number",
                "f.yaml:17:10  OPTIMIZATION.beta1: \"2\" is out of range; allowed: 0 to 1");
    }

    @Test
    void sectionsMustBeWhatTheyAre() {
        refused(
                "DATA:\nLOSS: {}\nMODEL: resnet\nRUN:\n  save_freq: 10\nextends: base\n",
                "f.yaml:1:1  section DATA is empty; leave it out",
                "f.yaml:2:1  section LOSS is empty; leave it out",
                "f.yaml:3:8  section MODEL must be lines of 'key: value', not a single value",
                "f.yaml:4:1  section RUN has no place in a file: its settings are options of the reference's command line;"
                        + " leave it out",
                "f.yaml:6:1  unknown section 'extends'; there are DATA, MODEL, LOSS, OPTIMIZATION, PRE, AUG, STYLEGAN");
    }

    @Test
    void whatASwitchNeedsMustBeThere() {
        refused(
                "LOSS:\n  apply_gp: True\n  apply_zcr: True\n  radius: 0.05\n  g_lambda: \"N/A\"\n",
                "f.yaml:2:13  LOSS.gp_lambda is missing (weight of WGAN-GP's penalty): WGAN-GP's penalty needs it, since"
                        + " LOSS.apply_gp is true",
                "f.yaml:3:14  LOSS.d_lambda is missing (zCR attraction weight in D): zCR needs it, since LOSS.apply_zcr is"
                        + " true",
                "f.yaml:5:13  LOSS.g_lambda is missing (zCR repulsion weight in G): zCR needs it, since LOSS.apply_zcr is"
                        + " true");
    }

    @Test
    void theMultiHingeHeadAndLossNeedEachOther() {
        refused(
                "MODEL:\n  d_cond_mtd: MH\nLOSS:\n  adv_loss: hinge\n",
                "f.yaml:2:15  MODEL.d_cond_mtd is MH, LOSS.adv_loss is hinge: MH must be both or neither");
    }

    /** Section and settings, and how the one line of the refusal ends. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MODEL: {backbone: deep_conv, g_conv_dim: N/A, d_conv_dim: N/A}; DATA: {name: X, img_size: 64} | deep_conv makes images of 32 pixels only
            DATA: {name: X, img_size: 48}                          | residual networks make images of 32, 64, 128, 256 or 512 pixels
            DATA: {img_size: 64}                                   | CIFAR's images have 32 pixels
            DATA: {num_classes: 100}                               | CIFAR10 has 10 classes
            MODEL: {g_depth: 2}                                    | only the big_resnet_deep backbones have a depth
            MODEL: {g_shared_dim: 128}                             | only BigGAN's family shares a class embedding; set it to "N/A"
            MODEL: {backbone: deep_conv, d_conv_dim: N/A}          | deep_conv and StyleGAN have no such width; set it to "N/A"
            MODEL: {backbone: big_resnet, z_dim: 81}               | one more than it has blocks (4 at 32 pixels, 5 at 64, ...)
            MODEL: {g_cond_mtd: cAdaIN}                            | only StyleGAN has cAdaIN; use cBN or W/O
            MODEL: {d_cond_mtd: SPD}                               | only StyleGAN has SPD; use PD
            MODEL: {d_act_fn: Auto}                                | activation Auto and StyleGAN need each other
            MODEL: {aux_cls_type: TAC}; LOSS: {tac_gen_lambda: 1, tac_dis_lambda: 1} | TAC and ADC need d_cond_mtd AC, 2C or D2DCE
            MODEL: {apply_g_ema: yes, g_ema_decay: 0.99, g_ema_start: 0}; STYLEGAN: {g_ema_kimg: 20} | only StyleGAN's average goes by it; set it to "N/A"
            MODEL: {info_num_discrete_c: 1}                        | no such codes are asked for; set it to "N/A"
            LOSS: {apply_cr: on, cr_lambda: 10}                    | it needs a type other than W/O
            LOSS: {apply_lecam: on, lecam_lambda: 1, lecam_ema_start_iter: 0, lecam_ema_decay: 0.9} | LeCam's averages need at least one step to begin with
            LOSS: {apply_gp: on, gp_lambda: 1, apply_dra: on, dra_lambda: 1, apply_maxgp: on, maxgp_lambda: 1} | not all three penalties at once
            LOSS: {g_lambda: 1_0:30}                               | "1_0:30" is not a number
            DATA: {num_classes: 010}                               | begins with 0, which makes it octal in YAML 1.1; write it without
            DATA: {num_classes: 99999999999}                       | is too large a number
            OPTIMIZATION: {g_lr: 1e999}                            | is too large a number
            OPTIMIZATION: {g_lr: .nan}                             | is not a number
            OPTIMIZATION: {g_lr: }                                 | nothing stands where a number is needed
            AUG: {apply_apa: on, apa_initial_augment_p: 0, apa_target: null, apa_kimg: 500, apa_interval: 4} | is not built for APA; give a number
            """)
    void oneFaultOneLine(String sections, String ending) {
        assertThatThrownBy(() -> Translated.of(sections.replace("; ", "\n") + "\n"))
                .isInstanceOf(Failure.class)
                .message()
                .hasLineCount(1)
                .startsWith("f.yaml:")
                .endsWith(ending);
    }

    @Test
    void consistencyInTwoFormsAtOnce() {
        assertThatThrownBy(() -> Translated.of("""
                        LOSS: {apply_cr: on, cr_lambda: 10, apply_bcr: on, real_lambda: 1, fake_lambda: 1}
                        AUG: {cr_aug_type: cr, bcr_aug_type: bcr}
                        """))
                .hasMessage(
                        "f.yaml:1:48  LOSS.apply_bcr is true, LOSS.apply_cr is true: CR and bCR exclude each other");
    }

    @Test
    void adaAndApaShareTheirSettings() {
        assertThatThrownBy(() -> Translated.of("""
                        AUG: {apply_ada: on, ada_initial_augment_p: 0, ada_target: 0.6, ada_kimg: 500, ada_interval: 4,
                          ada_aug_type: bgc,
                          apply_apa: on, apa_initial_augment_p: 0.0, apa_target: 0.8, apa_kimg: 500, apa_interval: 4}
                        """))
                .hasMessage(
                        "f.yaml:3:58  AUG.apa_target is 0.8, AUG.ada_target is 0.6: ADA and APA together must have the"
                                + " same");
    }

    @Test
    void aStyleGan3FileIsCheckedBeforeItIsRefused() {
        String file = ShippedFiles.named("CIFAR10/StyleGAN3-t-ADA")
                .yaml()
                .replace("g_cond_mtd: cAdaIN", "g_cond_mtd: cBN")
                .replaceFirst("d_reg_interval: 16", "d_reg_interval: N/A");
        assertThatThrownBy(() -> Translated.of(file))
                .message()
                .hasLineCount(3)
                .contains(
                        "StyleGAN has cAdaIN or W/O",
                        "STYLEGAN.d_reg_interval is missing",
                        "stylegan3 is not built yet");
    }

    @Test
    void integersStandForFloatsAndYamls11FlagsForFlags() {
        String recipe = Translated.of("OPTIMIZATION:\n  beta1: 0\n  total_steps: 1_000\n  d_first: off\nPRE:\n"
                        + "  apply_rflip: No\n")
                .recipe();
        assertThat(recipe).contains("beta1: 0,", "steps: 1000\n", "discriminator_first: false", "flip: false");
    }

    @Test
    void onlySectionsInCapitalsMakeAFileOneOfTheReferences() {
        Place place = Place.of("f.yaml");
        assertThat(StudioGan.wrote(new Fields(place, Map.of()))).isFalse();
        assertThat(StudioGan.wrote(new Scalar(place, "DATA", true))).isFalse();
        Fields ours = new Fields(
                place, Map.of("data", new duello.recipe.yaml.Tree.Field(place, new Scalar(place, "x", true))));
        assertThat(StudioGan.wrote(ours)).isFalse();
        assertThat(StudioGan.wrote(ours.with("PRE", new duello.recipe.yaml.Tree.Field(place, ours))))
                .isTrue();
    }
}
