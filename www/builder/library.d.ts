/** What the builder takes of the library that reads workbooks (package.json names its version). */
declare module "hucre/xlsx" {
  export interface Cell {
    value: string | number | boolean | Date | null;
    type: string;
    style?: { numFmt?: string };
  }
  export interface Sheet {
    name: string;
    rows: (string | number | boolean | Date | null)[][];
    cells?: Map<string, Cell>;
  }
  export const readXlsx: (
    bytes: Uint8Array,
    options?: {
      readStyles?: boolean;
      maxRows?: number;
      sheets?: (info: { hidden?: boolean; veryHidden?: boolean }) => boolean;
    },
  ) => Promise<{ sheets: Sheet[] }>;
}
