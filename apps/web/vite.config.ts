import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const inPackages = (...names: string[]) =>
  new RegExp(`[\\\\/]node_modules[\\\\/](?:${names.join('|')})[\\\\/]`);

/** What choosing from a list needs. It comes beside the shell, with the first page that asks (components/select.tsx). */
const ofSelects =
  /[\\/]node_modules[\\/](?:@rc-component[\\/](?:select|virtual-list)|antd[\\/]es[\\/]select)[\\/]/;
const ofAntd = inPackages('antd', '@ant-design', '@rc-component');

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: {
    port: 5173,
    proxy: { '/api': 'http://127.0.0.1:3000', '/guide': 'http://127.0.0.1:3000' },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // The only library of the sign-in pages: shared with the console, cached across releases.
            { name: 'react', test: inPackages('react', 'react-dom', 'scheduler'), priority: 20 },
            // What two or more pages of the console share comes with the shell, once.
            {
              name: 'antd',
              test: (id) => ofAntd.test(id) && !ofSelects.test(id),
              minShareCount: 2,
              priority: 10,
            },
            { name: 'select', test: ofSelects, priority: 5 },
          ],
        },
      },
    },
  },
});
