/** What an input block, or the block around a bare element, tells its field. */
export interface FieldProps {
  readonly id: string;
  /** Its accessible name where no label element carries it. */
  readonly label: string | undefined;
  readonly describedBy: string | undefined;
  readonly isInvalid: boolean;
  readonly isOptional: boolean;
  readonly isDisabled: boolean;
  readonly focusOnLoad: boolean | undefined;
}
