#include "ai/redact/private_shapes.h"

#include <algorithm>
#include <string>

#include "ai/redact/public_words.h"
#include "sql/keyword.h"

namespace mydba::ai {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isHex(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// `d` stands for a digit, `h` for a hexadecimal one, all else for itself.
bool hasShape(std::string_view text, std::string_view shape) {
  return std::ranges::equal(text, shape, [](char c, char wanted) {
    if (wanted == 'd') return isDigit(c);
    if (wanted == 'h') return isHex(c);
    return c == wanted;
  });
}

bool isUuid(std::string_view text) {
  return hasShape(text, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh");
}

bool isEmail(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != text.npos && at > 0 && at + 1 < text.size() &&
         text.find_first_of(" \t\r\n") == text.npos;
}

/// IPv4, with a port or prefix length behind it or not.
bool isIp4(std::string_view text) {
  text = text.substr(0, text.find_first_of(":/"));
  int parts = 0;
  for (std::size_t at = 0; at <= text.size(); ++parts) {
    const std::size_t end = std::min(text.find('.', at), text.size());
    const std::string_view part = text.substr(at, end - at);
    if (part.empty() || part.size() > 3 || !std::ranges::all_of(part, isDigit)) return false;
    at = end + 1;
  }
  return parts == 4;
}

bool isIp6(std::string_view text) {
  if (text.starts_with('[')) text.remove_prefix(1);
  const auto allowed = [](char c) { return isHex(c) || c == ':' || c == '.' || c == '%'; };
  const std::size_t end = std::min(text.find_first_of("]/"), text.size());
  const std::string_view address = text.substr(0, end);
  return std::ranges::count(address, ':') >= 2 && std::ranges::all_of(address, allowed) &&
         std::ranges::any_of(address, isHex);
}

bool isPath(std::string_view text) {
  if (text.starts_with("~/") || text.starts_with("./") || text.starts_with("../") ||
      text.starts_with("\\\\"))
    return true;
  if (text.size() > 2 && isLetter(text[0]) && text[1] == ':' && (text[2] == '\\' || text[2] == '/'))
    return true;
  if (text.find('\\') != text.npos) return true;
  // `/var`; `and/or` is none, `a/b/c` and `dir/file.ext` are.
  if (text.size() > 1 && text[0] == '/') return true;
  const std::size_t slash = text.find('/');
  return slash != text.npos &&
         (text.find('/', slash + 1) != text.npos || text.find('.', slash) != text.npos);
}

// The ends of host names that people write: generic top-level domains, those for own networks
// (RFC 2606, RFC 6762, RFC 8375), services in clouds. `id` is a country too, but a column first.
constexpr std::string_view hostEnds[] = {
    "com",  "org",  "net",   "io",        "dev",   "app",  "cloud", "local",   "localdomain",
    "lan",  "home", "corp",  "internal",  "intra", "priv", "test",  "example", "invalid",
    "info", "biz",  "co",    "edu",       "gov",   "mil",  "int",   "arpa",    "tech",
    "xyz",  "site", "store", "localhost", "ai",    "me",   "tv",    "svc",     "cluster",
    "de",   "at",   "ch",    "fr",        "uk",    "eu",   "us",    "nl",      "pl",
    "es",   "se",   "fi",    "dk",        "cz",    "jp",   "cn",    "br",      "ru",
    "ca",   "au",   "nz",    "kr",        "mx",    "sk",   "hu",    "ie",      "online"};

/// The port at the end: `:5432`; none else.
std::string_view port(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == text.npos || colon == 0) return {};
  const std::string_view digits = text.substr(colon + 1);
  return digits.size() >= 4 && digits.size() <= 5 && std::ranges::all_of(digits, isDigit)
             ? digits
             : std::string_view();
}

bool isHost(std::string_view text) {
  const bool hasPort = !port(text).empty();
  if (hasPort) text = text.substr(0, text.rfind(':'));
  const auto allowed = [](char c) { return isWordByte(c) || c == '-' || c == '.'; };
  if (text.empty() || !std::ranges::all_of(text, allowed) || !std::ranges::any_of(text, isLetter))
    return false;
  const std::string lower = sql::lowerCase(std::string(text));
  if (hasPort || lower == "localhost") return true;
  const auto dots = std::ranges::count(text, '.');
  if (dots == 0) {
    // `db-prod-01`, not `B-tree` and `SHA-256`.
    return text.find('-') != text.npos && std::ranges::any_of(text, isDigit) && text.size() > 6 &&
           !isPublicWord(text);
  }
  const std::string_view end = std::string_view(lower).substr(lower.rfind('.') + 1);
  if (std::ranges::find(hostEnds, end) != std::end(hostEnds)) return true;
  return text.find('-') != text.npos && !isPublicWord(text);
}

bool isDate(std::string_view value) {
  return hasShape(value, "dddd-dd-dd") || hasShape(value, "dd.dd.dddd") ||
         hasShape(value, "dd/dd/dddd");
}

}  // namespace

ValueKind shapeOf(std::string_view value) {
  constexpr std::size_t dateBytes = 10;
  if (isDate(value)) return ValueKind::date;
  if (value.size() > dateBytes && isDate(value.substr(0, dateBytes)) &&
      (value[dateBytes] == ' ' || value[dateBytes] == 'T'))
    return ValueKind::timestamp;
  if (isUuid(value)) return ValueKind::uuid;
  if (value.starts_with('{') || value.starts_with('[')) return ValueKind::json;
  if (value.find("://") != value.npos) return ValueKind::url;
  if (isEmail(value)) return ValueKind::email;
  return ValueKind::text;
}

std::optional<ValueKind> privateKind(std::string_view run) {
  if (run.find("://") != run.npos || run.starts_with("mailto:") || run.starts_with("www."))
    return ValueKind::url;
  if (isEmail(run)) return ValueKind::email;
  if (isUuid(run)) return ValueKind::uuid;
  if (isIp4(run) || isIp6(run)) return ValueKind::ip;
  if (isPath(run)) return ValueKind::path;
  if (isHost(run)) return ValueKind::host;
  if (run.find_first_of("+/=") != run.npos && run.size() >= 16 && std::ranges::any_of(run, isDigit))
    return ValueKind::secret;
  return std::nullopt;
}

bool looksRandom(std::string_view word) {
  const auto digits = std::ranges::count_if(word, isDigit);
  if (digits == 0 || isPublicWord(word)) {
    constexpr std::size_t longestWord = 63;  // the longest name of any server here
    return word.size() > longestWord;
  }
  std::size_t changes = 0;
  for (std::size_t i = 1; i < word.size(); ++i)
    if (isDigit(word[i]) != isDigit(word[i - 1]) && word[i] != '_' && word[i - 1] != '_') ++changes;
  return digits >= 5 || (word.size() >= 8 && changes >= 3) || (word.size() >= 20 && changes >= 2);
}

bool looksPrivate(std::string_view word) {
  return looksRandom(word) || word.find('@') != word.npos || word.find("://") != word.npos ||
         isIp4(word) || isIp6(word) || isUuid(word) ||
         (word.find('.') != word.npos && isHost(word)) ||
         (word.size() > 3 && word.find_first_of("/\\") != word.npos && isPath(word));
}

bool isRoundNumber(std::string_view digits) {
  constexpr std::size_t few = 4;
  if (digits.size() <= few) return true;
  constexpr std::size_t most = 12;
  return digits.size() <= most && digits.substr(2).find_first_not_of('0') == digits.npos;
}

}  // namespace mydba::ai
