#include <algorithm>

#include "privacy/secrets.h"
#include "privacy/sensitive.h"

namespace mydba::privacy {
namespace {

bool isNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || static_cast<unsigned char>(c) >= 0x80;
}
bool isBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool isQuote(char c) { return c == '\'' || c == '"' || c == '`'; }

/// Reads a text once, from name to name.
class TextReader {
 public:
  explicit TextReader(std::string_view text) : text_(text) {}

  std::vector<Secret> read() {
    while (at_ < text_.size()) {
      if (text_[at_] == ':' && text_.substr(at_, 3) == "://")
        readAuthority();
      else if (isNameByte(text_[at_]))
        readName();
      else
        ++at_;
    }
    return std::move(found_);
  }

 private:
  /// `scheme://user:password@host`; what stands between the first `:` and the last `@`.
  void readAuthority() {
    const std::size_t begin = at_ + 3;
    std::size_t end = begin;
    while (end < text_.size() && !isBlank(text_[end]) && !isQuote(text_[end]) &&
           text_[end] != '/' && text_[end] != '?' && text_[end] != '#')
      ++end;
    at_ = begin;
    const std::string_view authority = text_.substr(begin, end - begin);
    const std::size_t host = authority.rfind('@');
    // A password may have a `/` in it that should have been written %2F.
    const std::size_t later =
        host == authority.npos ? text_.substr(begin, 256).find('@') : authority.npos;
    const std::size_t colon = authority.find(':');
    if (colon == authority.npos) return;
    if (host != authority.npos && colon < host) add(begin + colon + 1, begin + host);
    if (later != authority.npos && later > colon &&
        text_.substr(begin, later).find_first_of(" \t\r\n'\"") == text_.npos)
      add(begin + colon + 1, begin + later);
  }

  void readName() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && isNameByte(text_[at_])) ++at_;
    const std::string_view name = text_.substr(begin, at_ - begin);
    if (name == "Bearer" || name == "bearer" || name == "Basic") {
      if (at_ < text_.size() && text_[at_] == ' ') readValue(at_ + 1);
      return;
    }
    std::size_t at = at_;
    while (at < text_.size() && (isQuote(text_[at]) || text_[at] == '\\')) ++at;
    while (at < text_.size() && isBlank(text_[at])) ++at;
    const bool assigns = at < text_.size() && (text_[at] == '=' || text_[at] == ':');
    if (!assigns || text_.substr(at, 3) == "://" || !namesSecret(name)) return;
    ++at;
    while (at < text_.size() && (text_[at] == '=' || text_[at] == '>')) ++at;
    while (at < text_.size() && isBlank(text_[at])) ++at;
    readValue(at);
  }

  /// Within its quotes, or up to a blank or what separates names.
  void readValue(std::size_t begin) {
    while (begin < text_.size() && text_[begin] == '\\') ++begin;
    std::size_t end = begin;
    if (begin < text_.size() && isQuote(text_[begin])) {
      const char quote = text_[begin++];
      // `password = ''p w''`, in a text of SQL.
      if (quote == '\'' && begin < text_.size() && text_[begin] == quote)
        return readDoubled(begin + 1);
      end = begin;
      while (end < text_.size() && text_[end] != quote) end += text_[end] == '\\' ? 2 : 1;
    } else {
      while (end < text_.size() && !isBlank(text_[end]) && text_[end] != '&' && text_[end] != ';' &&
             text_[end] != ',' && text_[end] != ')' && text_[end] != '}')
        ++end;
    }
    end = std::min(end, text_.size());
    add(begin, end);
    at_ = std::max(at_, end);
  }

  void readDoubled(std::size_t begin) {
    const std::size_t end = text_.find("''", begin);
    if (end == text_.npos) return;
    add(begin, end);
    at_ = std::max(at_, end);
  }

  void add(std::size_t start, std::size_t end) {
    if (end > start) found_.push_back({start, end});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Secret> found_;
};

}  // namespace

bool namesSecret(std::string_view name) {
  constexpr std::size_t longestName = 128;
  if (name.empty() || name.size() > longestName) return false;
  if (name.find_first_of("='\"`(){}[],;<>\n") != name.npos) return false;  // no name but a text
  // `auth-pass`, `tls-key-file-pass`
  const std::size_t last = name.find_last_of("-_");
  if (last != name.npos && last + 1 < name.size()) {
    const std::string_view word = name.substr(last + 1);
    if (word == "pass" || word == "PASS") return true;
  }
  const auto found = findSensitive(name, protocol::ColumnKind::text);
  return found && found->sensitivity == protocol::Sensitivity::secret;
}

std::vector<Secret> secretsOfText(std::string_view text) { return TextReader(text).read(); }

}  // namespace mydba::privacy
