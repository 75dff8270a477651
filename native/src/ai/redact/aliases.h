#pragma once

// Other names for the names of a schema, and the way back.
//
// A name has one alias in the whole conversation, whatever it is used for: `id` is `c1` in every
// table, in plans and in prose alike. (An alias for each table's column would need to know which
// table an unqualified column is of, which prose never tells.) Its letter says what the name was
// first seen as: `s` schema, `t` table, `c` column, `i` index, `a` another name of a table, `f`
// function, `n` something else.
//
// The way back is exact, spelling and quotes: a name spelled in another case has the alias in upper
// case (`USERS` is `T1` where `users` is `t1`), or one of its own that shows whose it is (`t1_v2`).

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mydba::ai {

enum class NameKind : std::uint8_t { schema, table, column, index, tableAlias, function, other };

struct AliasedName {
  std::string name;  ///< without quotes
  /// The quote that it must have in a statement: `"`, `` ` ``; 0 where it needs none.
  char quote = 0;
};

/// Of one conversation; copies know the same. One thread.
class Aliases {
 public:
  /// The alias of `name`, given now if it has none.
  std::string of(std::string_view name, NameKind kind, char quote = 0);
  /// The alias of a name that has one, in any case; null else.
  const std::string* find(std::string_view name) const;
  /// What `alias` stands for; in another case of the letters too. Null when it is none.
  const AliasedName* named(std::string_view alias) const;

  /// Known names that are more than one word, which prose has to be searched for.
  const std::vector<std::string>& phrases() const { return phrases_; }
  /// Bytes of the longest alias.
  std::size_t longest() const { return longest_; }

 private:
  /// Names that differ in their case only.
  struct Group {
    std::string base;  // `t1`
    bool baseTaken = false;
    bool upperTaken = false;
    int variants = 1;
  };
  std::string next(Group& group, std::string_view name);

  std::unordered_map<std::string, Group> groups_;         // by name in lower case
  std::unordered_map<std::string, std::string> aliases_;  // by name, and quote if it needs one
  std::unordered_map<std::string, std::string> folded_;   // by name in lower case: the first alias
  std::unordered_map<std::string, AliasedName> names_;    // by alias
  std::vector<std::string> phrases_;
  std::array<int, 7> last_{};
  std::size_t longest_ = 0;
};

/// True for what is written like an alias, whether one was given or not: `t12`, `T1`, `c3_v2`.
bool looksLikeAlias(std::string_view word);

/// Letters, digits and `_`, no digit first: needs no quotes, but for its case.
bool isPlainName(std::string_view name);

}  // namespace mydba::ai
