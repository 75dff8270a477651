// The connection form's logic without a DOM: which fields an engine has, what is wrong with what was typed,
// and the profile it makes. Engines are told apart only by their descriptor.
import type {
  ConnectionProfile,
  EngineDescriptor,
  Environment,
  TlsMode,
} from "../../protocol/generated/ts/protocol.js";

export type FieldName =
  | "name"
  | "host"
  | "port"
  | "user"
  | "password"
  | "database"
  | "path"
  | "socket"
  | "tls"
  | "tlsCa"
  | "ssh"
  | "sshKey"
  | "environment"
  | "allowDestructive"
  | "readOnly"
  | "connectTimeoutMs";

/** What was typed, as typed; check boxes say "true" or "". */
export type FormValues = Record<FieldName, string>;

export interface Field {
  name: FieldName;
  label: string;
  kind: "text" | "number" | "password" | "choice" | "check" | "file";
  /** Shown only when asked for. */
  advanced: boolean;
  /** Shown only while this says so of what was typed. */
  when?: (values: FormValues) => boolean;
  hint?: string;
  placeholder?: string;
  choices?: readonly { value: string; label: string; hint?: string }[];
}

const tlsChoices: readonly { value: TlsMode | ""; label: string }[] = [
  { value: "", label: "Default of the engine" },
  { value: "disable", label: "Off" },
  { value: "prefer", label: "When the server offers it" },
  { value: "require", label: "Required, certificate not checked" },
  { value: "verifyCa", label: "Required, issuer checked" },
  { value: "verifyFull", label: "Required, issuer and host name checked" },
];

const environment: Field = {
  name: "environment",
  label: "Used for",
  kind: "choice",
  advanced: false,
  choices: [
    {
      value: "",
      label: "Development",
      hint: "What destroys data or structure, and an UPDATE or DELETE of every row, is asked about first.",
    },
    {
      value: "staging",
      label: "Staging",
      hint: "As in development, and every DELETE is asked about.",
    },
    {
      value: "prod",
      label: "Production",
      hint: "What removes rows or changes structure is blocked. Other changes of existing data are asked about.",
    },
  ],
};

const allowDestructive: Field = {
  name: "allowDestructive",
  label: "Allow destructive statements in production",
  kind: "check",
  advanced: false,
  when: (values) => values.environment === "prod",
  hint: "Instead of being blocked, each is shown with what it will do and confirmed by typing.",
};

const readOnly: Field = {
  name: "readOnly",
  label: "Open read-only",
  kind: "check",
  advanced: false,
  hint: "Nothing can be changed: the guard refuses it before it is sent, and the server refuses as well.",
};

const guardFields = [environment, allowDestructive, readOnly];

const file: Field = {
  name: "path",
  label: "File",
  kind: "file",
  advanced: false,
  hint: "Absolute path of the database file.",
};

const advancedFields: readonly Field[] = [
  { name: "tls", label: "Encryption (TLS)", kind: "choice", advanced: true, choices: tlsChoices },
  {
    name: "tlsCa",
    label: "Authorities",
    kind: "file",
    advanced: true,
    hint: "PEM file with the accepted certificate authorities.",
  },
  {
    name: "socket",
    label: "Unix socket",
    kind: "text",
    advanced: true,
    hint: "Instead of host and port.",
  },
  {
    name: "ssh",
    label: "Through SSH host",
    kind: "text",
    advanced: true,
    placeholder: "user@bastion:22",
  },
  {
    name: "sshKey",
    label: "SSH key",
    kind: "file",
    advanced: true,
    hint: "Empty: the agent and the usual files.",
  },
  {
    name: "connectTimeoutMs",
    label: "Connect timeout, ms",
    kind: "number",
    advanced: true,
    placeholder: "10000",
  },
];

export function fieldsOf(engine: EngineDescriptor): Field[] {
  const plain = (name: FieldName, label: string, placeholder?: string): Field => {
    const kind = name === "port" ? "number" : name === "password" ? "password" : "text";
    return { name, label, kind, advanced: false, placeholder };
  };
  const name = plain("name", "Name", engine.title);
  if (engine.isFile) return [name, file, ...guardFields];
  return [
    name,
    plain("host", "Host", "127.0.0.1"),
    plain("port", "Port", String(engine.defaultPort)),
    plain("user", "User"),
    plain("password", "Password"),
    plain("database", "Database"),
    ...guardFields,
    ...advancedFields,
  ];
}

export function valuesOf(profile: Partial<ConnectionProfile>): FormValues {
  const number = (value: number | undefined) => (value === undefined ? "" : String(value));
  return {
    name: profile.name ?? "",
    host: profile.host ?? "",
    port: number(profile.port),
    user: profile.user ?? "",
    password: "",
    database: profile.database ?? "",
    path: profile.path ?? "",
    socket: profile.socket ?? "",
    tls: profile.tls ?? "",
    tlsCa: profile.tlsCa ?? "",
    ssh: profile.ssh ?? "",
    sshKey: profile.sshKey ?? "",
    environment: profile.environment === "dev" ? "" : (profile.environment ?? ""),
    allowDestructive: profile.allowDestructive === true ? "true" : "",
    readOnly: profile.readOnly === true ? "true" : "",
    connectTimeoutMs: number(profile.connectTimeoutMs),
  };
}

/** What is wrong, by field; empty when the form can be sent. */
export function problems(engine: EngineDescriptor, values: FormValues): Map<FieldName, string> {
  const found = new Map<FieldName, string>();
  if (engine.isFile) {
    if (values.path.trim() === "") found.set("path", "Choose a file.");
    return found;
  }
  checkNumber(values.port, 1, 65_535, "port", "A port is a number from 1 to 65535.", found);
  checkNumber(
    values.connectTimeoutMs,
    1,
    3_600_000,
    "connectTimeoutMs",
    "Milliseconds, 1 or more.",
    found,
  );
  if (/\s|:\/\//.test(values.host.trim()))
    found.set("host", "A name or an address; paste a whole URL into the field at the top.");
  return found;
}

function checkNumber(
  text: string,
  least: number,
  most: number,
  name: FieldName,
  message: string,
  found: Map<FieldName, string>,
): void {
  if (text.trim() === "") return;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) found.set(name, message);
}

/** The profile that the form describes; fields that the engine does not have are left out, secrets always. */
export function profileOf(
  engine: EngineDescriptor,
  values: FormValues,
  base: { id: string; options?: ConnectionProfile["options"] },
): ConnectionProfile {
  const profile: ConnectionProfile = {
    id: base.id,
    name: values.name.trim() || defaultName(engine, values),
    engine: engine.id,
  };
  if (base.options !== undefined) profile.options = base.options;
  if (values.readOnly === "true") profile.readOnly = true;
  if (values.environment !== "") profile.environment = values.environment as Environment;
  if (profile.environment === "prod" && values.allowDestructive === "true")
    profile.allowDestructive = true;
  if (engine.isFile) return { ...profile, path: values.path.trim() };
  const texts = ["host", "user", "database", "socket", "tlsCa", "ssh", "sshKey"] as const;
  for (const name of texts) {
    const text = values[name].trim();
    if (text !== "") profile[name] = text;
  }
  if (values.tls !== "") profile.tls = values.tls as TlsMode;
  if (values.port.trim() !== "") profile.port = Number(values.port);
  if (values.connectTimeoutMs.trim() !== "")
    profile.connectTimeoutMs = Number(values.connectTimeoutMs);
  return profile;
}

function defaultName(engine: EngineDescriptor, values: FormValues): string {
  if (engine.isFile) return values.path.trim().split(/[\\/]/).pop() || engine.title;
  const place = values.host.trim() || "localhost";
  const database = values.database.trim();
  return database === "" ? `${engine.title} ${place}` : `${database} on ${place}`;
}

/**
 * A URL that was not understood stays in sight to be corrected, so its password is taken out of it. Other
 * than in a proper URL the password may hold any character: people paste it as it is.
 */
export function withoutPassword(url: string): { url: string; password?: string } {
  const start = /^\s*[a-z][a-z\d+.-]*:\/\/[^/?#:@]*:/i.exec(url)?.[0];
  const rest = start === undefined ? "" : url.slice(start.length);
  // The @ before the host; one further on belongs to a parameter, unless there is no other.
  const password = (/^[^/?#]*(?=@)/.exec(rest) ?? /^.*(?=@)/s.exec(rest))?.[0];
  if (start !== undefined && password !== undefined && password !== "")
    return { url: `${start}***${rest.slice(password.length)}`, password };
  const given = /[?&]password=([^&]+)/i.exec(url)?.[1];
  if (given === undefined) return { url };
  return { url: url.replace(`=${given}`, "=***"), password: given };
}

/** True for a text that someone pastes as a whole URL, wherever in the form. */
export function looksLikeUrl(text: string, engines: readonly EngineDescriptor[]): boolean {
  const scheme = /^\s*([a-z][a-z\d+.-]*):\//i.exec(text)?.[1]?.toLowerCase();
  return engines.some(({ schemes }) => scheme !== undefined && schemes.includes(scheme));
}
