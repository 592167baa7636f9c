import type { TopLevelSpec } from 'vega-lite';

/** One layer of a chart, and the parts of its encoding, by Vega-Lite's own types. */
export type Layer = Extract<Extract<TopLevelSpec, { layer: unknown }>['layer'][number], { mark: unknown }>;
type Encoding = NonNullable<Layer['encoding']>;
export type Position = NonNullable<Encoding['x']>;
export type Offset = NonNullable<Encoding['yOffset']>;
export type Colour = NonNullable<Encoding['color']>;
export type Shape = NonNullable<Encoding['shape']>;
export type Dash = NonNullable<Encoding['strokeDash']>;
