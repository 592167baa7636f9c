import { blasNote } from '../numerics/blas/blas-note.ts';
import { note } from './streams.ts';

/** Says so where the library that NASHLAB_BLAS names is not used; silent, and free, where it names none. */
export function noteUnusableBlas(): void {
  const words = blasNote();
  if (words !== undefined) note(`note: ${words}`);
}
