import * as l10n from "../../l10n";

/** VS Code refused to write the settings, for example because settings.json has a syntax error. */
export class SettingsUnwritable extends Error {
  override readonly name = "SettingsUnwritable";

  constructor(cause: unknown) {
    super(
      l10n.t(
        "VS Code could not write the settings, so nothing was saved. Correct the settings file and try again.",
      ),
      { cause },
    );
  }
}
