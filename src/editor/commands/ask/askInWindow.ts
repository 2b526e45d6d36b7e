import * as l10n from "../../../l10n";
import { plainText } from "../../shown/plainText";
import type { Ask } from "./ask";
import { modal } from "./modal";
import { changeQuestions } from "./changeQuestions";
import { importQuestions } from "./importQuestions";
import { lookUpQuestions } from "./lookUpQuestions";
import { runQuestions } from "./runQuestions";

/** Asks with VS Code's own dialogs. Closing a dialog or pressing Esc declines. */
export const askInWindow: Ask = {
  ...changeQuestions,
  ...lookUpQuestions,
  ...importQuestions,
  ...runQuestions,

  async openLink(host, link) {
    const open = l10n.t("Open");
    const question = l10n.t("Open a page on {host}?", { host: plainText(host) });
    return (await modal(question, plainText(link, 500), [open])) === open;
  },

  async afterFailedCheck(endpoint, sentence, helps) {
    const labels = {
      caFile: l10n.t("Choose CA File…"),
      baseUrl: l10n.t("Change Base URL"),
      token: l10n.t("Enter Token Again"),
      save: l10n.t("Save Anyway"),
    };
    const offered = [...(helps === undefined ? [] : [helps]), "token", "save"] as const;
    const chosen = await modal(
      l10n.t("The endpoint {endpoint} could not be used.", { endpoint: plainText(endpoint, 40) }),
      plainText(sentence, 1000),
      offered.map((answer) => labels[answer]),
    );
    return offered.find((answer) => labels[answer] === chosen);
  },

  async loadAll(campaigns) {
    const load = l10n.t("Load All");
    const question =
      campaigns === 1
        ? l10n.t("Load the contacts of 1 campaign?")
        : l10n.t("Load the contacts of {count} campaigns?", { count: l10n.number(campaigns) });
    const detail = l10n.t(
      "The server sends every contact of each campaign. Loading can be stopped at any time.",
    );
    return (await modal(question, detail, [load])) === load;
  },

  async removeEndpoint(name, tokenToo) {
    const remove = l10n.t("Remove");
    const question = l10n.t("Remove the endpoint {endpoint} from the settings?", {
      endpoint: plainText(name, 40),
    });
    const detail = tokenToo
      ? l10n.t("Its token is forgotten too. Nothing changes on the server.")
      : l10n.t(
          "Its token is kept, because another endpoint has the same base URL. Nothing changes on the server.",
        );
    return (await modal(question, detail, [remove])) === remove;
  },

  async writeIntoWorkTree(file) {
    const write = l10n.t("Write Here");
    const question = l10n.t("Write personal data into a git work tree?");
    const detail = l10n.t("The file {file} could be committed and pushed. Better choose a folder outside.", {
      file,
    });
    return (await modal(question, detail, [write])) === write;
  },
};
