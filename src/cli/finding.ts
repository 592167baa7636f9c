/** What `doctor` says about one part. */
export interface Finding {
  readonly what: string;
  readonly works: boolean;
  readonly words: string;
  /** What would make it work, or work faster. */
  readonly advice?: string;
}
