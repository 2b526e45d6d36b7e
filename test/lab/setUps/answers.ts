import { haproxy, nginx } from "../proxyPlan";
import type { SetUp } from "../setUp";

const change = "location ~ /contacts/contact/";

/** The proxy answers itself, in place of the dialler. */
export const answers: readonly SetUp[] = [
  {
    name: "nginx answers a DELETE with a login page (200 HTML)",
    proxy: nginx({ locations: `${change} { default_type text/html; return 200 "<h1>Sign in</h1>"; }` }),
    run: async (scene) => {
      const run = await scene.act("delete", 5, { concurrency: 1 });
      scene.expect({ unknown: 1, notAttempted: 4 });
      scene.expectSaid(/not JSON/);
      scene.expectSeen({ delete: 0 });
      await scene.restore(run);
      scene.expect({ skipped: 1 });
    },
  },
  {
    name: "haproxy answers a PATCH with 200 and []",
    proxy: haproxy({
      frontend:
        'http-request return status 200 content-type application/json string "[]" if { method PATCH }',
    }),
    run: async (scene) => {
      await scene.act("lock", 5, { concurrency: 1 });
      scene.expect({ unknown: 1, notAttempted: 4 });
      scene.expectSaid(/does not come from a dialler/);
      scene.expectSeen({ lock: 0 });
    },
  },
  {
    name: "nginx wants a name and a password (401 Basic)",
    proxy: nginx({
      server: 'auth_basic "proxy"; auth_basic_user_file FOLDER/users;',
      files: { users: "someone:{PLAIN}secret\n" },
    }),
    run: async (scene) => {
      await scene.act("lock", 3, { concurrency: 1 });
      scene.expect({ failed: 1, notAttempted: 2 });
      scene.expectSaid(/A proxy in front of/);
      scene.expectSeen({ lock: 0 });
    },
  },
  {
    name: "haproxy answers with 407",
    proxy: haproxy({
      frontend:
        'http-request return status 407 content-type text/html string "<h1>407</h1>" if { method DELETE }',
    }),
    run: async (scene) => {
      await scene.act("delete", 3, { concurrency: 1 });
      scene.expect({ failed: 1, notAttempted: 2 });
      scene.expectSaid(/The proxy refused/);
      scene.expectSeen({ delete: 0 });
    },
  },
  {
    name: "nginx forbids POST on the list with 403 (limit_except)",
    proxy: nginx({
      locations: "location ~ /contacts$ { limit_except GET { deny all; } proxy_pass http://dialler; }",
    }),
    run: async (scene) => {
      const run = await scene.act("delete", 5);
      scene.expect({ done: 5 });
      scene.expectSeen({ batch: 0, delete: 5, read: [5, 6] });
      await scene.expectRestorable(run, 5);
    },
  },
  {
    name: "haproxy forbids POST on the list with 405",
    proxy: haproxy({
      frontend:
        'http-request return status 405 content-type text/html string "<h1>405</h1>" if { method POST } { path_end /contacts }',
    }),
    run: async (scene) => {
      await scene.act("delete", 5);
      scene.expect({ done: 5 });
      scene.expectSeen({ batch: 0, delete: 5 });
    },
  },
  {
    name: "nginx takes bodies up to 200 bytes (413 to a batch read)",
    proxy: nginx({ server: "client_max_body_size 200;" }),
    run: async (scene) => {
      const run = await scene.act("delete", 60);
      scene.expect({ done: 60 });
      await scene.expectRestorable(run, 60);
      scene.expectSeen({ delete: 60 });
    },
  },
  {
    name: "nginx takes bodies up to 20 bytes (413 to an import)",
    proxy: nginx({ server: "client_max_body_size 20;" }),
    run: async (scene) => {
      await scene.importRows(3);
      scene.expect({ failed: 3 });
      scene.expectSaid(/HTTP 413/);
      scene.expectSeen({ import: 0 });
    },
  },
  {
    name: "nginx answers with a 404 page of its own in the middle of a run",
    proxy: nginx({ locations: `location ~ "/contacts/contact/\\d*9/lock$" { return 404; }` }),
    run: async (scene) => {
      await scene.act("lock", 30, { concurrency: 1 });
      scene.expectSaid(/something else than before/);
      scene.expectSaid(/Check the base URL/, 0);
      scene.expectNumber("failed", scene.last.failed ?? 0, 1);
      scene.expectNumber("unknown", scene.last.unknown ?? 0, 0);
    },
  },
  {
    name: "nginx answers an import with a login page (200 HTML)",
    proxy: nginx({
      locations: 'location ~ /import { default_type text/html; return 200 "<h1>Sign in</h1>"; }',
    }),
    run: async (scene) => {
      await scene.importRows(5, 1);
      scene.expectNumber("done", scene.last.done ?? 0, 0);
      scene.expectNumber("failed", scene.last.failed ?? 0, 0);
      scene.expectSeen({ import: 0 });
    },
  },
  {
    name: "nginx redirects every call to https (301)",
    proxy: nginx({ locations: "location ^~ /rest/ { return 301 https://127.0.0.1:1$request_uri; }" }),
    run: async (scene) => {
      await scene.act("delete", 3, { concurrency: 1 });
      scene.expect({ failed: 1, notAttempted: 2 });
      scene.expectSaid(/Redirects are not followed/);
      scene.expectNumber("requests at the dialler", scene.dialler.heard.length, 0);
    },
  },
  {
    name: "nginx names a charset that the bytes contradict",
    proxy: nginx({
      server: "charset windows-1252; charset_types *; override_charset on; source_charset windows-1252;",
    }),
    run: async (scene) => {
      await scene.list();
      await scene.act("delete", 20);
      scene.expect({ done: 20 });
      scene.expectSaid(/name the charset windows-1252, but their bytes are UTF-8/, 1);
    },
  },
  {
    name: "nginx compresses every answer",
    proxy: nginx({ server: "gzip on; gzip_types application/json; gzip_min_length 1; gzip_proxied any;" }),
    run: async (scene) => {
      const count = await scene.list();
      scene.expectNumber("listed contacts", count, 400);
      await scene.act("delete", 5);
      scene.expect({ done: 5 });
    },
  },
  {
    name: "nginx marks plain answers of a PATCH as gzip",
    proxy: nginx({
      locations: "location ~ /lock$ { proxy_pass http://dialler; add_header Content-Encoding gzip always; }",
    }),
    run: async (scene) => {
      await scene.act("lock", 5, { concurrency: 1 });
      scene.expect({ done: 5 });
      scene.expectSaid(/marked as compressed but is not/, [5, Infinity]);
      scene.expectSeen({ lock: 5 });
    },
  },
];
