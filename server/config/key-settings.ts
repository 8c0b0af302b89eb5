import { z } from 'zod';

/** A key of Consul's store, or what keys begin with. */
export const kvPrefix = z
  .string()
  .min(1)
  .max(400)
  // Consul takes a path that is not in its shortest form for another one.
  .refine((prefix) => !prefix.startsWith('/') && !/(^|\/)\.{0,2}\//.test(prefix) && !/(^|\/)\.{1,2}$/.test(prefix), {
    error: 'is no prefix of a key: it begins with no slash and has no empty, . or .. segment',
  });
