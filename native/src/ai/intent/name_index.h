#pragma once

// Finds tables and columns by words: by their names, by parts of them, by synonyms, by their
// comments. Words are compared in lower case, without accents of Latin letters, in the singular;
// names in other scripts are found as they are.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ai/intent/schema.h"

namespace mydba::ai::intent {

/// How sure a name is that of a thing: its own, a part of it, another word for it, its comment.
enum class Likeness : std::uint8_t { comment, synonym, part, name };

template <typename Id>
struct Named {
  Id id{};
  Likeness likeness = Likeness::name;
};

struct NamedThings {
  std::vector<Named<TableId>> tables;
  std::vector<Named<ColumnId>> columns;
};

/// The words that names are compared by: `OrderItems` is `order item`.
std::string nameKey(std::string_view name);

class NameIndex {
 public:
  /// `schema` must outlive it.
  explicit NameIndex(const Schema& schema);

  /// Of words as nameKey gives them; null when nothing is called so.
  const NamedThings* find(const std::string& key) const;
  /// Of a group of synonyms.txt, `~order`.
  const NamedThings* findGroup(std::string_view group) const;
  /// Of a word that is one slip of the keyboard away from a name; null when there are none or
  /// several such names.
  const NamedThings* findMisspelled(std::string_view word) const;

 private:
  void addTable(TableId id);
  void addColumn(ColumnId id);
  /// `add` puts the thing into the entry of a key.
  template <typename Id>
  void add(const std::string& key, Id id, Likeness likeness);
  template <typename Id>
  void addName(const std::string& key, Id id, Likeness likeness);
  template <typename Id>
  void addComment(const std::string& comment, Id id);
  bool isSharedPrefix(const std::string& word) const;

  const Schema& schema_;
  std::unordered_map<std::string, std::size_t> firstWords_;  ///< of tables' names: how many
  std::unordered_map<std::string, NamedThings> things_;
};

}  // namespace mydba::ai::intent
