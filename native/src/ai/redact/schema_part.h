#pragma once

#include <optional>
#include <string>
#include <vector>

namespace mydba::ai {

/// A table or view as a model may know it. What the user wrote about it (comments, default values)
/// has no place in it.
struct SchemaPart {
  struct Column {
    std::string name;
    std::string type;  ///< as the server spells it; empty when not known
    bool nullable = true;
  };
  struct Index {
    std::string name;
    std::vector<std::string> parts;  ///< columns or expressions
    bool unique = false;
  };
  struct Reference {
    std::vector<std::string> columns;
    std::string table;
    std::vector<std::string> referenced;
  };
  std::string schema;  ///< empty where names need none
  std::string name;
  std::vector<Column> columns;
  std::vector<Index> indexes;
  std::vector<Reference> references;
  std::optional<double> rows;  ///< as the server estimates
};

/// How much of a schema is sent.
enum class SchemaExtent : std::uint8_t {
  none,
  names,  ///< of tables and columns
  full,   ///< and types, indexes, references, estimated rows
};

}  // namespace mydba::ai
