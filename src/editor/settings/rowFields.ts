import { type RowField, settingWords } from "../../manifest";

const byDefault: readonly RowField[] = ["userData", "company"];

/** The known fields in their order, each once. An empty list is valid; anything but a list is the default. Pure. */
export function readRowFields(value: unknown): readonly RowField[] {
  if (!Array.isArray(value)) return byDefault;
  const known = value.flatMap((one: unknown) => settingWords.rowFields.find((field) => field === one) ?? []);
  return [...new Set(known)];
}
