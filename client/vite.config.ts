import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const SERVER = '127.0.0.1:8080'

/** The chunk that holds Monaco. It is loaded by a dynamic import, which Vite does not announce in the HTML. */
const EDITOR_CHUNK = /^assets\/code-editor-.*\.(js|css)$/

/** Lets the browser fetch the editor together with the shell, not after it: the page is usable one round trip earlier. */
function preloadEditor(): Plugin {
  return {
    name: 'preload-editor',
    transformIndexHtml: {
      order: 'post',
      handler(_html, context) {
        const files = Object.keys(context.bundle ?? {}).filter((file) => EDITOR_CHUNK.test(file))
        return files.map((file) => ({
          tag: 'link',
          attrs: file.endsWith('.css')
            ? { rel: 'preload', as: 'style', href: `/${file}`, crossorigin: '' }
            : { rel: 'modulepreload', href: `/${file}`, crossorigin: '' },
          injectTo: 'head' as const,
        }))
      },
    },
  }
}

export default defineConfig({
  plugins: [react(), preloadEditor()],
  build: {
    target: 'es2024',
    // The first browsers with light-dark(). Lowered for older ones, a token would be resolved once, for the whole page,
    // and the editor could not read the colours of the scheme that is not in force.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    outDir: 'dist',
    // Monaco is one large chunk on purpose.
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Chunks run before what imports them: zod's configuration has to be in the one that has the schemas, first.
          groups: [{ name: 'schemas', test: /without-eval\.ts$|\/zod\/|\/protocol\/src\// }],
        },
      },
    },
    // Fonts and images stay files: `default-src 'self'` refuses data: URLs.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: {
      '/api': `http://${SERVER}`,
      '/ws': { target: `ws://${SERVER}`, ws: true },
    },
  },
})
