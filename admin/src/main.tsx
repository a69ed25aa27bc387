import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { Providers } from './app.js';
import { routes } from './routes.js';
import './styles.css';

const router = createBrowserRouter(routes, { basename: '/admin' });
const root = document.getElementById('root');
if (!root) throw new Error('index.html lost its root element');
createRoot(root).render(
  <StrictMode>
    <Providers>
      <Suspense fallback={null}>
        <RouterProvider router={router} />
      </Suspense>
    </Providers>
  </StrictMode>,
);
