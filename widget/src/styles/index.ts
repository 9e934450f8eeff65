/** The looks, part by part; later ones win. A site changes them by `--optfm-…` and `::part()`. */

import { base } from "./base";
import { cards } from "./cards";
import { composer } from "./composer";
import { launcher } from "./launcher";
import { media } from "./media";
import { messages } from "./messages";
import { panel } from "./panel";

export const styles = [base, launcher, panel, messages, cards, composer, media];
