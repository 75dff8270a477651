#pragma once

// What the rules for tables know of a database: its tables with columns, indexes and foreign keys,
// as the catalogue has them. Engines fill it row by row; nothing here knows an engine. What a
// server does not tell is absent, and rules are silent about it.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sql/dialect.h"

namespace mydba::advise {

struct ColumnFacts {
  std::string name;
  bool reservedName = false;  ///< the name is a reserved word
  std::string type;  ///< as the server writes it: `character varying(20)`, `int(10) unsigned`
  bool notNull = false;
  std::string collation;  ///< of text
  std::string charset;    ///< of text
  /// Of a column that counts up by itself: the number given last, and the last that there is.
  std::optional<double> lastNumber;
  std::optional<double> mostNumber;
};

struct IndexColumn {
  std::string name;  ///< or an expression as it is written
  std::string how;   ///< what is not usual: `DESC`, the length of a prefix, an operator class

  bool operator==(const IndexColumn&) const = default;
};

struct IndexFacts {
  std::string name;
  std::vector<IndexColumn> columns;
  std::vector<std::string> included;
  std::string method;     ///< in lower case: `btree`
  std::string predicate;  ///< of a partial index
  bool primary = false;
  bool unique = false;
  bool backsConstraint = false;  ///< cannot be dropped by itself
  bool valid = true;
  std::optional<double> scans;  ///< since the statistics began
  std::optional<double> bytes;
};

struct ForeignKeyFacts {
  std::string name;
  std::vector<std::string> columns;
  std::string parentSchema;
  std::string parentTable;
  std::vector<std::string> parentColumns;  ///< in the order of `columns`
  bool validated = true;
};

struct TableFacts {
  std::string schema;
  std::string name;
  bool reservedName = false;  ///< the name is a reserved word
  std::string storage;        ///< `InnoDB`, `MyISAM`; empty where there is one kind
  bool transactional = true;
  bool logged = true;  ///< survives a crash
  /// Its rows lie in the order of the primary key, and every other index ends with that.
  bool clustered = false;
  std::string collation;
  std::optional<double> rows;  ///< estimated
  std::vector<ColumnFacts> columns;
  std::vector<IndexFacts> indexes;
  std::vector<ForeignKeyFacts> foreignKeys;

  /// Null when there is none of that name.
  const ColumnFacts* column(const std::string& wanted) const;
  const IndexFacts* primaryKey() const;
};

struct CatalogueFacts {
  const sql::Dialect* dialect = nullptr;
  /// Where tables named without a schema are looked for, in this order.
  std::vector<std::string> searchPath;
  /// Type json is the text as it came, and there is a better one.
  bool jsonIsText = false;
  /// The server makes an index for each foreign key.
  bool indexesForeignKeys = false;
  /// The type of a column is a hint: values of other types fit, and no number of digits is kept.
  bool looseTypes = false;
  /// Without a primary key the rows of a table have a number all the same.
  bool numberedRows = false;
  /// Days since its statistics of use began.
  std::optional<double> countedDays;
  std::vector<TableFacts> tables;  ///< partitions are not listed beside the table that they are of
  bool cut = false;                ///< there are more tables than were asked for

  /// Null when there is none.
  const TableFacts* table(const std::string& schema, const std::string& name) const;
};

/// Takes facts row by row and puts them where they belong. Rows of tables that were not added are
/// left out.
class FactsBuilder {
 public:
  explicit FactsBuilder(CatalogueFacts& facts) : facts_(facts) {}

  /// Nothing happens to one that is there.
  void add(TableFacts table);
  void addColumn(const std::string& schema, const std::string& table, ColumnFacts column);
  /// One row of an index: the first makes it, the others add their column.
  void addIndexColumn(const std::string& schema, const std::string& table, IndexFacts index,
                      IndexColumn column, bool included);
  void addForeignKeyColumn(const std::string& schema, const std::string& table, ForeignKeyFacts key,
                           std::string column, std::string parentColumn);

 private:
  TableFacts* find(const std::string& schema, const std::string& table);

  CatalogueFacts& facts_;
  std::map<std::pair<std::string, std::string>, std::size_t> places_;
};

}  // namespace mydba::advise
