import { config } from 'zod'

// Zod compiles schemas with `new Function` where it may. Our Content-Security-Policy forbids that, and each try is
// reported in the console. Imported before anything that has a schema.
config({ jitless: true })
