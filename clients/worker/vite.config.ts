import vue from '@vitejs/plugin-vue'
import type { AcceptedPlugin } from 'postcss'
import { defineConfig } from 'vitest/config'

// Vant is drawn in px; in rem its sheets and switches grow with large type.
// Its icon font would be fetched from a foreign host, and we use none of its icons.
const vantAtHome: AcceptedPlugin = {
  postcssPlugin: 'vant-at-home',
  Once(root) {
    if (!root.source?.input.file?.includes('/vant/')) return
    root.walkAtRules('font-face', (rule) => void rule.remove())
    root.walkDecls((decl) => {
      decl.value = decl.value.replace(/\b(\d*\.?\d+)px\b/g, (_, px: string) => `${Number(px) / 16}rem`)
    })
  },
}

export default defineConfig({
  base: './',
  plugins: [vue()],
  define: {
    // Messages are compiled without eval, so a strict Content-Security-Policy holds.
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  css: { postcss: { plugins: [vantAtHome] } },
  build: { target: 'es2019', assetsInlineLimit: 0, manifest: true },
  server: { proxy: { '/api': process.env.NIANGJIA_API ?? 'http://127.0.0.1:8000' } },
  test: { environment: 'jsdom', include: ['tests/unit/**/*.test.ts'], setupFiles: 'tests/unit/setup.ts' },
})
