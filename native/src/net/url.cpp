#include "net/url.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <set>
#include <utility>

#include "base/utf8.h"
#include "net/percent.h"

namespace mydba::net {
namespace {

using protocol::ConnectionProfile;
using protocol::EngineDescriptor;
using protocol::TlsMode;

Error invalid(std::string message, std::string hint = {}) {
  return {.code = ErrorCode::invalidParams,
          .message = "connection URL: " + std::move(message),
          .hint = std::move(hint)};
}

/// Decodes one part. Control characters are refused in all parts but passwords: no name of a host,
/// user, database or file that people use has them, and they would travel into logs and dialogs.
Result<std::string> decode(std::string_view part, std::string_view what, bool isSecret = false) {
  auto text = percentDecode(part);
  if (!text)
    return invalid(std::string(what) + " has a `%` that is not followed by two hex digits",
                   "write a literal % as %25");
  if (!validUtf8(*text)) return invalid(std::string(what) + " is not UTF-8");
  for (const unsigned char c : *text)
    if (c == 0 || (!isSecret && (c < 0x20 || c == 0x7F)))
      return invalid(std::string(what) + " has a control character");
  return std::move(*text);
}

Result<std::int64_t> integer(std::string_view text, std::int64_t least, std::int64_t most,
                             std::string_view what) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most)
    return invalid(std::string(what) + " must be a number from " + std::to_string(least) + " to " +
                   std::to_string(most));
  return value;
}

bool isSecureScheme(const EngineDescriptor& engine, std::string_view scheme) {
  return scheme.size() == engine.schemes.front().size() + 1 && scheme.back() == 's' &&
         scheme.substr(0, scheme.size() - 1) == engine.schemes.front();
}

const EngineDescriptor* engineOfScheme(std::span<const Engine* const> known,
                                       std::string_view scheme) {
  for (const Engine* engine : known)
    for (const std::string& own : engine->descriptor().schemes)
      if (own == scheme) return &engine->descriptor();
  return nullptr;
}

Error unknownScheme(std::span<const Engine* const> known, std::string_view scheme) {
  std::string list;
  for (const Engine* engine : known)
    for (const std::string& own : engine->descriptor().schemes)
      list += (list.empty() ? "" : ", ") + own;
  const bool shown = std::all_of(scheme.begin(), scheme.end(),
                                 [](unsigned char c) { return c > 0x20 && c < 0x7F; });
  return invalid(shown ? "unknown scheme `" + std::string(scheme) + "`" : "unknown scheme",
                 "known schemes are " + list);
}

Result<TlsMode> tlsMode(std::string_view text) {
  std::string word;
  for (const char c : text)
    if (c != '-' && c != '_') word += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  struct Spelling {
    std::string_view word;
    TlsMode mode;
  };
  // libpq's `allow` tries without TLS first; trying with it first is never worse.
  static constexpr Spelling spellings[] = {
      {"disable", TlsMode::disable},       {"disabled", TlsMode::disable},
      {"allow", TlsMode::prefer},          {"prefer", TlsMode::prefer},
      {"preferred", TlsMode::prefer},      {"require", TlsMode::require},
      {"required", TlsMode::require},      {"verifyca", TlsMode::verifyCa},
      {"verifyfull", TlsMode::verifyFull}, {"verifyidentity", TlsMode::verifyFull}};
  for (const Spelling& spelling : spellings)
    if (spelling.word == word) return spelling.mode;
  return invalid("the TLS mode is not known",
                 "use disable, prefer, require, verify-ca or verify-full");
}

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<std::string> present(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

void setPassword(ConnectionUrl& url, std::string password) {
  if (password != "***") url.password = std::move(password);
}

Result<void> setFlag(std::optional<bool>& flag, std::string_view name, std::string_view value) {
  if (!isOneOf(value, {"true", "false"}))
    return invalid(std::string(name) + " must be true or false");
  flag = value == "true";
  return {};
}

Result<void> setEnvironment(ConnectionUrl& url, std::string_view value) {
  using enum protocol::Environment;
  for (const auto environment : {dev, staging, prod})
    if (protocol::name(environment) == value) {
      url.profile.environment = environment;
      return {};
    }
  return invalid("environment must be dev, staging or prod");
}

Result<void> setTimeout(ConnectionUrl& url, std::string_view value, std::int64_t unitMs) {
  auto number = integer(value, 1, 3'600'000 / unitMs, "the connect time-out");
  if (!number) return number.error();
  url.profile.connectTimeoutMs = *number * unitMs;
  return {};
}

/// Options are shown, stored and logged, so a secret must not become one.
bool soundsSecret(std::string_view name) {
  for (const std::string_view end : {"password", "passwd", "pwd", "secret", "token"})
    if (name.ends_with(end)) return true;
  return false;
}

Result<void> setParameter(ConnectionUrl& url, std::string name, std::string value) {
  ConnectionProfile& profile = url.profile;
  if (isOneOf(name, {"tls", "sslmode", "ssl-mode"})) {
    auto mode = tlsMode(value);
    if (!mode) return mode.error();
    profile.tls = *mode;
  } else if (isOneOf(name, {"tlsCa", "sslrootcert", "ssl-ca"})) {
    profile.tlsCa = present(std::move(value));
  } else if (name == "socket") {
    profile.socket = present(std::move(value));
  } else if (name == "ssh") {
    if (auto target = parseSshTarget(value); !target) return target.error();
    profile.ssh = std::move(value);
  } else if (name == "sshKey") {
    profile.sshKey = present(std::move(value));
  } else if (name == "user") {
    profile.user = present(std::move(value));
  } else if (name == "password") {
    setPassword(url, std::move(value));
  } else if (name == "readOnly") {
    return setFlag(profile.readOnly, name, value);
  } else if (name == "allowDestructive") {
    return setFlag(profile.allowDestructive, name, value);
  } else if (name == "environment") {
    return setEnvironment(url, value);
  } else if (name == "connectTimeoutMs") {
    return setTimeout(url, value, 1);
  } else if (name == "connect_timeout") {
    return setTimeout(url, value, 1000);
  } else if (soundsSecret(name)) {
    return invalid("parameter `" + name + "` is a secret, and only `password` may stand in a URL");
  } else {
    if (!profile.options) profile.options.emplace();
    profile.options->push_back({std::move(name), std::move(value)});
  }
  return {};
}

Result<void> parseParameters(ConnectionUrl& url, std::string_view query) {
  std::set<std::string> seen;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view item = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (item.empty()) continue;
    const std::size_t equals = item.find('=');
    auto name = decode(item.substr(0, equals), "the name of a parameter");
    if (!name) return name.error();
    if (equals == std::string_view::npos || name->empty())
      return invalid("a parameter is not written name=value");
    auto value = decode(item.substr(equals + 1), "parameter `" + *name + "`", *name == "password");
    if (!value) return value.error();
    if (!seen.insert(*name).second) return invalid("parameter `" + *name + "` is given twice");
    if (auto set = setParameter(url, std::move(*name), std::move(*value)); !set) return set;
  }
  return {};
}

Result<void> parseUserInfo(ConnectionUrl& url, std::string_view info) {
  const std::size_t colon = info.find(':');
  auto user = decode(info.substr(0, colon), "the user name");
  if (!user) return user.error();
  url.profile.user = present(std::move(*user));
  if (colon == std::string_view::npos) return {};
  auto password = decode(info.substr(colon + 1), "the password", true);
  if (!password) return password.error();
  if (!password->empty()) setPassword(url, std::move(*password));
  return {};
}

/// Splits `host:port`, `[v6]:port`; the port may be absent or empty.
Result<void> splitHostPort(std::string_view text, std::string_view& host, std::string_view& port) {
  std::size_t hostEnd = 0;
  if (!text.empty() && text.front() == '[') {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return invalid("the IPv6 address has no closing `]`");
    host = text.substr(1, close - 1);
    if (host.find(':') == std::string_view::npos)
      return invalid("what stands in brackets is not an IPv6 address");
    hostEnd = close + 1;
    if (hostEnd < text.size() && text[hostEnd] != ':')
      return invalid("only a port may follow the IPv6 address");
  } else {
    hostEnd = std::min(text.find(':'), text.size());
    host = text.substr(0, hostEnd);
    if (text.find(':', hostEnd + 1) != std::string_view::npos)
      return invalid("the host has more than one `:`", "put an IPv6 address in brackets");
  }
  port = hostEnd < text.size() ? text.substr(hostEnd + 1) : std::string_view{};
  return {};
}

Result<void> parseAuthority(ConnectionUrl& url, std::string_view authority) {
  // The last @: people forget to encode the ones in their passwords.
  const std::size_t at = authority.rfind('@');
  if (at != std::string_view::npos) {
    if (auto info = parseUserInfo(url, authority.substr(0, at)); !info) return info;
    authority.remove_prefix(at + 1);
  }
  if (authority.find(',') != std::string_view::npos)
    return invalid("several hosts are not supported", "name one host");
  std::string_view hostText, portText;
  if (auto split = splitHostPort(authority, hostText, portText); !split) return split;
  auto host = decode(hostText, "the host");
  if (!host) return host.error();
  if (host->find(' ') != std::string::npos) return invalid("the host has a blank");
  if (host->starts_with('/'))
    url.profile.socket = std::move(*host);
  else
    url.profile.host = present(std::move(*host));
  if (portText.empty()) return {};
  auto port = integer(portText, 1, 65535, "the port");
  if (!port) {
    Error error = port.error();
    error.hint = "a `/`, `?` or `#` in a password is written %2F, %3F or %23";
    return error;
  }
  url.profile.port = *port;
  return {};
}

Result<void> parseServer(ConnectionUrl& url, std::string_view rest) {
  if (!rest.starts_with("//")) return invalid("`//` is missing after the scheme");
  rest.remove_prefix(2);
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  if (auto authority = parseAuthority(url, rest.substr(0, slash)); !authority) return authority;
  if (slash == rest.size()) return {};
  auto database = decode(rest.substr(slash + 1), "the database");
  if (!database) return database.error();
  url.profile.database = present(std::move(*database));
  return {};
}

Result<void> parseFile(ConnectionUrl& url, std::string_view rest,
                       std::string_view workingDirectory) {
  if (rest.starts_with("//")) {
    rest.remove_prefix(2);
    if (!rest.starts_with('/'))
      return invalid("a file has no host", "write one slash or three before the path");
  }
  auto path = decode(rest, "the path");
  if (!path) return path.error();
  if (path->empty()) return invalid("the path is missing");
  if (!path->starts_with('/')) {
    if (workingDirectory.empty()) return invalid("the path must be absolute");
    *path = std::string(workingDirectory) + '/' + *path;
  }
  url.profile.path = std::move(*path);
  return {};
}

std::string displayName(const ConnectionProfile& profile) {
  if (profile.path) return profile.path->substr(profile.path->rfind('/') + 1);
  const std::string where = profile.socket ? *profile.socket : profile.host.value_or("127.0.0.1");
  return profile.database ? *profile.database + "@" + where : where;
}

Result<void> checkTogether(const ConnectionUrl& url) {
  const ConnectionProfile& profile = url.profile;
  if (profile.path && (profile.user || url.password || profile.socket || profile.ssh ||
                       profile.tls || profile.tlsCa || profile.sshKey))
    return invalid("a parameter for servers is given with a file");
  if (profile.socket && profile.host)
    return invalid("both a host and a socket are given", "leave one of them out");
  if (profile.socket && profile.ssh)
    return invalid("a socket cannot be reached through ssh", "name the host and port instead");
  return {};
}

}  // namespace

Result<ConnectionUrl> parseUrl(std::string_view text, std::string_view workingDirectory,
                               std::span<const Engine* const> known) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0)
    return invalid("it does not begin with a scheme such as `postgres:`");
  const std::string_view scheme = text.substr(0, colon);
  const EngineDescriptor* engine = engineOfScheme(known, scheme);
  if (!engine) return unknownScheme(known, scheme);
  if (text.find('#') != std::string_view::npos)
    return invalid("it has a `#`", "write a literal # as %23");

  ConnectionUrl url;
  url.profile.engine = engine->id;
  const bool secure = isSecureScheme(*engine, scheme);
  const std::string_view rest = text.substr(colon + 1);
  const std::size_t question = std::min(rest.find('?'), rest.size());
  const std::string_view place = rest.substr(0, question);
  auto parsed = engine->isFile ? parseFile(url, place, workingDirectory) : parseServer(url, place);
  if (!parsed) return parsed.error();
  if (question < rest.size()) parsed = parseParameters(url, rest.substr(question + 1));
  if (!parsed) return parsed.error();
  if (secure && !url.profile.tls) url.profile.tls = TlsMode::verifyFull;
  if (secure && (url.profile.tls == TlsMode::disable || url.profile.tls == TlsMode::prefer))
    return invalid("scheme `" + std::string(scheme) +
                   "` demands TLS, and a parameter turns it off");
  if (auto check = checkTogether(url); !check) return check.error();
  url.profile.name = displayName(url.profile);
  return url;
}

namespace {

/// Writes `?name=value`, then `&name=value`.
class ParameterWriter {
 public:
  explicit ParameterWriter(std::string& out) : out_(out) {}

  void add(std::string_view name, const std::optional<std::string>& value) {
    if (!value) return;
    out_ += std::exchange(separator_, '&');
    out_ += percentEncode(name) + '=' + percentEncode(*value, "/:@");
  }

 private:
  std::string& out_;
  char separator_ = '?';
};

std::string renderAuthority(const ConnectionProfile& profile, bool hasPassword) {
  std::string text;
  if (profile.user) text += percentEncode(*profile.user);
  if (hasPassword) text += ":***";
  if (profile.user || hasPassword) text += '@';
  if (profile.host && profile.host->find(':') != std::string::npos)
    text += '[' + percentEncode(*profile.host, ":") + ']';
  else if (profile.host)
    text += percentEncode(*profile.host);
  if (profile.port) text += ':' + std::to_string(*profile.port);
  return text;
}

}  // namespace

std::string renderUrl(const ConnectionProfile& profile, bool hasPassword,
                      std::span<const Engine* const> known) {
  const EngineDescriptor* engine = nullptr;
  for (const Engine* candidate : known)
    if (candidate->descriptor().id == profile.engine) engine = &candidate->descriptor();

  std::string scheme = engine ? engine->schemes.front() : profile.engine;
  auto tls = profile.tls;
  if (engine && tls == TlsMode::verifyFull && engineOfScheme(known, scheme + 's') == engine) {
    scheme += 's';
    tls.reset();
  }
  std::string url = scheme + ':';
  if (profile.path) {
    // `//` at the front would read as an authority (RFC 3986 3.3), so an empty one goes before it.
    if (profile.path->starts_with("//")) url += "//";
    url += percentEncode(*profile.path, "/");
  } else {
    url += "//" + renderAuthority(profile, hasPassword);
    if (profile.database) url += '/' + percentEncode(*profile.database, "/");
  }
  ParameterWriter parameters(url);
  parameters.add("socket", profile.socket);
  if (tls) parameters.add("tls", std::string(protocol::name(*tls)));
  parameters.add("tlsCa", profile.tlsCa);
  parameters.add("ssh", profile.ssh);
  parameters.add("sshKey", profile.sshKey);
  const auto addFlag = [&](std::string_view name, const std::optional<bool>& flag) {
    if (flag) parameters.add(name, *flag ? "true" : "false");
  };
  addFlag("readOnly", profile.readOnly);
  if (profile.environment)
    parameters.add("environment", std::string(protocol::name(*profile.environment)));
  addFlag("allowDestructive", profile.allowDestructive);
  if (profile.connectTimeoutMs)
    parameters.add("connectTimeoutMs", std::to_string(*profile.connectTimeoutMs));
  if (profile.options)
    for (const auto& option : *profile.options) parameters.add(option.name, option.value);
  return url;
}

Result<SshTarget> parseSshTarget(std::string_view text) {
  SshTarget target;
  if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
    target.user = text.substr(0, at);
    if (target.user.empty() || target.user.find(':') != std::string::npos)
      return invalid("ssh must be written user@host:port, without a password");
    text.remove_prefix(at + 1);
  }
  std::string_view host, port;
  if (auto split = splitHostPort(text, host, port); !split) return split.error();
  if (host.empty()) return invalid("ssh has no host", "write it as user@host:port");
  // A host that begins with a dash would be an option to the ssh programs people paste it into.
  if (host.front() == '-' || host.find(' ') != std::string_view::npos)
    return invalid("ssh has an impossible host name");
  target.host = host;
  if (port.empty()) return target;
  auto number = integer(port, 1, 65535, "the port of ssh");
  if (!number) return number.error();
  target.port = static_cast<int>(*number);
  return target;
}

}  // namespace mydba::net
