const engine = (id, title, rest = {}) => ({
  id,
  title,
  schemes: [id],
  dialect: id,
  defaultPort: 1000,
  isFile: false,
  facets: ["catalogue"],
  ...rest,
});

export function connectionScenario(host) {
  const { profile, hasPassword } = host.settings;
  return {
    params: {
      engines: [
        engine("one", "Engine One", { defaultPort: 5432 }),
        engine("two", "Engine Two", { defaultPort: 3306 }),
        engine("file", "File Engine", { isFile: true, defaultPort: 0 }),
      ],
      profile,
      hasPassword,
    },
    request({ id, method, params }) {
      if (method === "host/browse") return host.respond(id, "/data/shop.db");
      if (method === "connection/parseUrl") {
        if (!params.url.startsWith("two://") || params.url.includes("#"))
          return host.fail(id, "Unknown scheme.", { code: "invalidParams" });
        const parsed = {
          id: "",
          name: "shop",
          engine: "two",
          host: "db.example",
          port: 3307,
          user: "anna",
          database: "shop",
        };
        return host.respond(id, {
          profile: parsed,
          ...(params.url.includes("s3cret") ? { password: "s3cret" } : {}),
          url: "two://anna:***@db.example",
        });
      }
      if (params.profile.host === "bad") {
        const data = { code: "authFailed", engineCode: "28P01", hint: "Check user and password." };
        return host.fail(id, 'password authentication failed for user "anna"', data);
      }
      const server = {
        engine: "one",
        flavour: "PostgreSQL",
        version: "18.0",
        versionNumber: 180000,
        tls: true,
        user: "anna",
      };
      host.respond(id, { server, elapsedMs: 23.4 });
    },
  };
}
