import * as vscode from "vscode";
import { answered } from "../ask/quickInput";
import type { StepEnd } from "./walkSteps";

/** Where a step stands in its walk. */
export interface StepPlace {
  readonly title: string;
  /** From 1; the first step has no Back. */
  readonly step: number;
  readonly totalSteps: number;
}

export interface TextStep extends StepPlace {
  readonly prompt: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly password?: boolean;
  /** Why the value cannot be accepted. */
  readonly fault: (value: string) => string | undefined;
  /** A doubt about the value: it is accepted only when Enter is pressed a second time. */
  readonly doubt?: (value: string) => string | undefined;
  /** Called with what is typed, also when the person goes back. */
  readonly keep: (value: string) => void;
}

/** A step in which a text is typed. */
export async function textStep(step: TextStep): Promise<StepEnd> {
  const box = vscode.window.createInputBox();
  Object.assign(box, placed(step), {
    prompt: step.prompt,
    value: step.value,
    placeholder: step.placeholder ?? "",
    password: step.password ?? false,
  });
  let doubted: string | undefined;
  return answered<StepEnd>(box, (finish) => {
    box.onDidChangeValue((value) => {
      step.keep(value);
      doubted = undefined;
      box.validationMessage = value === "" ? undefined : step.fault(value);
    });
    box.onDidAccept(() => {
      const { value } = box;
      const fault = step.fault(value);
      const doubt = fault === undefined && doubted !== value ? step.doubt?.(value) : undefined;
      if (fault === undefined && doubt === undefined) {
        step.keep(value);
        finish("next");
      } else if (fault !== undefined) box.validationMessage = fault;
      else if (doubt !== undefined) {
        doubted = value;
        box.validationMessage = { message: doubt, severity: vscode.InputBoxValidationSeverity.Warning };
      }
    });
    box.onDidTriggerButton(() => finish("back"));
  });
}

export interface PickStep<Item extends vscode.QuickPickItem> extends StepPlace {
  readonly placeholder: string;
  /** The first one is preselected. */
  readonly items: readonly Item[];
  readonly keep: (item: Item) => void;
}

/** A step in which one of several items is picked. */
export async function pickStep<Item extends vscode.QuickPickItem>(step: PickStep<Item>): Promise<StepEnd> {
  const box = vscode.window.createQuickPick<Item>();
  Object.assign(box, placed(step), { placeholder: step.placeholder, items: step.items });
  return answered<StepEnd>(box, (finish) => {
    box.onDidAccept(() => {
      const [item] = box.selectedItems;
      if (item === undefined) return;
      step.keep(item);
      finish("next");
    });
    box.onDidTriggerButton(() => finish("back"));
  });
}

function placed({ title, step, totalSteps }: StepPlace): Partial<vscode.QuickInput> & {
  readonly buttons: readonly vscode.QuickInputButton[];
} {
  const buttons = step > 1 ? [vscode.QuickInputButtons.Back] : [];
  return { title, step, totalSteps, ignoreFocusOut: true, buttons };
}
