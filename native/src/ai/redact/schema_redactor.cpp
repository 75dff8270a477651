#include "ai/redact/schema_redactor.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "ai/redact/private_shapes.h"
#include "sql/keyword.h"
#include "sql/language_words.h"

namespace mydba::ai {
namespace {

/// `varchar(255)`, `timestamp without time zone`: a type that nobody defines.
bool isOrdinaryType(std::string_view type) {
  for (std::size_t at = 0; at < type.size();) {
    std::size_t end = at;
    while (end < type.size() && isWordByte(type[end])) ++end;
    const std::string_view word = type.substr(at, end - at);
    const bool number = word.find_first_not_of("0123456789") == word.npos;
    if (!number && !sql::isLanguageWord(word)) return false;
    if (end < type.size() && std::string_view(" (),[]").find(type[end]) == std::string_view::npos)
      return false;
    at = end + 1;
  }
  return true;
}

class SchemaWriter {
 public:
  SchemaWriter(Draft& draft, Conversation& conversation, SchemaExtent extent)
      : draft_(draft), conversation_(conversation), full_(extent == SchemaExtent::full) {}

  void table(const SchemaPart& part) {
    if (!part.schema.empty()) {
      name(part.schema, NameKind::schema);
      draft_.text += '.';
    }
    name(part.name, NameKind::table);
    draft_.text += " (";
    list(part.columns, [&](const SchemaPart::Column& column) { this->column(column); });
    draft_.text += ')';
    if (full_) details(part);
    draft_.text += '\n';
  }

 private:
  template <typename Items, typename Write>
  void list(const Items& items, const Write& write) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) draft_.text += ", ";
      write(items[i]);
    }
  }

  void name(const std::string& name, NameKind kind) {
    redactName(draft_, conversation_, name, kind);
  }

  void column(const SchemaPart::Column& column) {
    name(column.name, NameKind::column);
    if (!full_) return;
    draft_.text += ' ';
    redactType(draft_, conversation_, column.type);
    if (!column.nullable) draft_.text += " not null";
  }

  void details(const SchemaPart& part) {
    if (part.rows && std::isfinite(*part.rows))
      draft_.text += ", about " + std::to_string(static_cast<std::int64_t>(*part.rows)) + " rows";
    for (const auto& index : part.indexes) {
      draft_.text += index.unique ? "\n  unique index " : "\n  index ";
      name(index.name, NameKind::index);
      draft_.text += " (";
      list(index.parts, [&](const std::string& text) { redactSql(draft_, conversation_, text); });
      draft_.text += ')';
    }
    for (const auto& reference : part.references) {
      draft_.text += "\n  foreign key (";
      columns(reference.columns);
      draft_.text += ") references ";
      name(reference.table, NameKind::table);
      draft_.text += " (";
      columns(reference.referenced);
      draft_.text += ')';
    }
  }

  void columns(const std::vector<std::string>& names) {
    list(names, [&](const std::string& each) { name(each, NameKind::column); });
  }

  Draft& draft_;
  Conversation& conversation_;
  const bool full_;
};

}  // namespace

void redactName(Draft& draft, Conversation& conversation, std::string_view name, NameKind kind) {
  const bool odd = std::ranges::any_of(name, [](char c) { return c >= 0 && c < ' '; });
  if (conversation.names == NamePolicy::keep) {
    if (odd || looksPrivate(name))
      putValue(draft, conversation, ValueKind::name, name, name);
    else
      draft.text += name;
    return;
  }
  ++draft.masked["alias"];
  const sql::Dialect& dialect = *conversation.dialect;
  const bool folded = !dialect.quotedNamesFold && sql::lowerCase(std::string(name)) != name;
  const char quote = dialect.doubleQuotedStrings ? '`' : '"';
  const std::string* known = conversation.aliases.find(name);
  draft.text +=
      known ? *known
            : conversation.aliases.of(name, kind, isPlainName(name) && !folded ? '\0' : quote);
}

void redactType(Draft& draft, Conversation& conversation, std::string_view type) {
  if (isOrdinaryType(type))
    draft.text += type;
  else
    redactSql(draft, conversation, type);
}

void redactSchema(Draft& draft, Conversation& conversation, const std::vector<SchemaPart>& parts,
                  SchemaExtent extent) {
  if (extent == SchemaExtent::none) return;
  SchemaWriter writer(draft, conversation, extent);
  for (const SchemaPart& part : parts) writer.table(part);
}

}  // namespace mydba::ai
