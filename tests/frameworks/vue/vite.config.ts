import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// The tags are elements of the page and no components of Vue.
const isCustomElement = (tag: string) => tag.startsWith('atlas-');
export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement } } })],
});
