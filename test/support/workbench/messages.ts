import type { Locator, Page } from "playwright-core";
import { exactly, until } from "./until";

export interface Dialog {
  readonly message: string;
  /** Empty if there is none. */
  readonly detail: string;
  /** In the order they are shown in. */
  readonly buttons: readonly string[];
}

/** The modal dialog. */
export class ModalDialog {
  private readonly box: Locator;

  constructor(page: Page) {
    this.box = page.locator(".monaco-dialog-box");
  }

  /** Whether one is shown now. */
  isShown(): Promise<boolean> {
    return this.box.isVisible();
  }

  /** Waits for it and reads it. */
  async read(): Promise<Dialog> {
    await this.box.waitFor();
    const textOf = async (part: string) => (await this.box.locator(part).allInnerTexts()).join("\n").trim();
    return {
      message: await textOf(".dialog-message-text"),
      detail: await textOf(".dialog-message-detail"),
      buttons: await this.box.locator(".dialog-buttons .monaco-text-button").allInnerTexts(),
    };
  }

  /** Waits for one whose message matches, and reads it. */
  async readWhen(message: RegExp): Promise<Dialog> {
    let dialog: Dialog | undefined;
    await until(
      () => `a dialog ${String(message)}; it is: ${dialog?.message ?? ""}`,
      async () => message.test((dialog = await this.read()).message),
    );
    return dialog ?? { message: "", detail: "", buttons: [] };
  }

  /** Clicks a button and waits until the dialog that was there has gone. */
  async click(button: string): Promise<void> {
    const buttons = this.box.locator(".dialog-buttons .monaco-text-button");
    const clicked = await buttons.filter({ hasText: exactly(button) }).elementHandle();
    await clicked.click();
    // Another dialog may follow at once; this one is gone when its button is.
    await until("the dialog to close", async () => !(await clicked.isVisible()));
  }
}

export interface Notification {
  readonly message: string;
  readonly buttons: readonly string[];
}

/** The notifications at the lower right. */
export class Notifications {
  private readonly toasts: Locator;

  constructor(page: Page) {
    this.toasts = page.locator(".notification-toast");
  }

  /** Those shown now. */
  async shown(): Promise<Notification[]> {
    const toasts = await this.toasts.all();
    return Promise.all(
      toasts.map(async (toast) => ({
        message: (await toast.locator(".notification-list-item-message").allInnerTexts()).join(""),
        buttons: await toast
          .locator(".notification-list-item-buttons-container .monaco-text-button")
          .allInnerTexts(),
      })),
    );
  }

  /** Waits for one whose message matches. */
  async read(message: RegExp): Promise<Notification> {
    let shown: Notification[] = [];
    const matching = () => shown.find((notification) => message.test(notification.message));
    await until(
      () => `a notification ${String(message)}; there are: ${shown.map((one) => one.message).join(" | ")}`,
      async () => {
        shown = await this.shown();
        return matching() !== undefined;
      },
    );
    return matching() ?? { message: "", buttons: [] };
  }

  async click(message: RegExp, button: string): Promise<void> {
    const toast = this.toasts.filter({ hasText: message });
    await toast.locator(".monaco-text-button", { hasText: exactly(button) }).click();
  }
}
