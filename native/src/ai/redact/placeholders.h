#pragma once

// What stands for a value where it may not be seen: `:text_1`, `:number_2`.
//
// The kind says what a value is like as far as advice depends on it (a pattern that starts with a
// wildcard cannot use an index), and no more. Equal values of a conversation get equal
// placeholders, so that a model can see that two conditions ask for the same. A secret gets a new
// one each time and is not kept.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

namespace mydba::ai {

enum class ValueKind : std::uint8_t {
  text,
  prefixPattern,  ///< of LIKE, and its start is fixed: `abc%`
  openPattern,    ///< of LIKE, and it starts with a wildcard: `%abc`
  number,
  date,
  timestamp,
  interval,
  binary,
  uuid,
  json,
  email,
  url,
  host,
  ip,
  path,
  user,       ///< an account or role of a server, or its host
  secret,     ///< a password, key or token
  parameter,  ///< of the statement itself, called like a placeholder
  name,       ///< a name that no name should be: `"ann@example.org"`
};

/// `prefix_pattern`.
std::string_view name(ValueKind kind);

/// What was taken out of a text: how often, by name of its kind. Besides those of values there are
/// `comment`, `alias` (a name that was mapped) and `left_out` (what could not be understood).
using MaskCounts = std::map<std::string, std::int64_t, std::less<>>;

/// Of one conversation. One thread.
class Placeholders {
 public:
  /// The placeholder of `value`; `spelling` is how the text writes it, quotes included.
  std::string of(ValueKind kind, std::string_view value, std::string_view spelling);

  /// What `placeholder` stands for is a literal of a statement of the user's, who spelled it so.
  void allowBack(const std::string& placeholder, std::string_view spelling);
  /// That spelling, of the first such statement: what a model may have in a statement of its own
  /// again. Null for every other value.
  const std::string* literal(std::string_view placeholder) const;

  /// How the text wrote what `placeholder` stands for; null for a secret, and for what is none.
  const std::string* spelling(std::string_view placeholder) const;

 private:
  std::unordered_map<std::string, std::string> byValue_;  // of kind and value
  std::unordered_map<std::string, std::string> spellings_;
  std::unordered_map<std::string, std::string> literals_;
  std::map<ValueKind, std::int64_t> last_;
};

/// True for what is written like a placeholder, whether one was given or not: `:text_1`.
bool looksLikePlaceholder(std::string_view word);

}  // namespace mydba::ai
