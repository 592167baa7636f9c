export interface Citation {
  /** BibTeX key. */
  readonly key: string;
  readonly authors: string;
  readonly title: string;
  readonly year: number;
  /** Venue or arXiv number. */
  readonly where: string;
}

export const cite = (key: string, authors: string, year: number, title: string, where: string): Citation => ({
  key,
  authors,
  year,
  title,
  where,
});
