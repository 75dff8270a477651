#include "engines/mysql/columns.h"

#include <string_view>

namespace mydba::mysql {
namespace {

/// The character set number of bytes without one; numbers and dates have it too.
constexpr unsigned binaryCharset = 63;

/// MariaDB's own types come as strings with the type's name beside them (MDEV-17832).
std::string_view extendedType(const MYSQL_FIELD& field) {
  for (const auto kind : {MARIADB_FIELD_ATTR_FORMAT_NAME, MARIADB_FIELD_ATTR_DATA_TYPE_NAME}) {
    MARIADB_CONST_STRING name{};
    if (mariadb_field_attr(&name, &field, kind) == 0 && name.length > 0)
      return {name.str, name.length};
  }
  return {};
}

std::string_view baseType(const MYSQL_FIELD& field, bool binary) {
  switch (field.type) {
    case MYSQL_TYPE_TINY: return "tinyint";
    case MYSQL_TYPE_SHORT: return "smallint";
    case MYSQL_TYPE_INT24: return "mediumint";
    case MYSQL_TYPE_LONG: return "int";
    case MYSQL_TYPE_LONGLONG: return "bigint";
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL: return "decimal";
    case MYSQL_TYPE_FLOAT: return "float";
    case MYSQL_TYPE_DOUBLE: return "double";
    case MYSQL_TYPE_YEAR: return "year";
    case MYSQL_TYPE_BIT: return "bit";
    case MYSQL_TYPE_NULL: return "null";
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE: return "date";
    case MYSQL_TYPE_TIME:
    case MYSQL_TYPE_TIME2: return "time";
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_DATETIME2: return "datetime";
    case MYSQL_TYPE_TIMESTAMP:
    case MYSQL_TYPE_TIMESTAMP2: return "timestamp";
    case MYSQL_TYPE_JSON: return "json";
    case MYSQL_TYPE_GEOMETRY: return "geometry";
    case MYSQL_TYPE_VARCHAR:
    case MYSQL_TYPE_VAR_STRING: return binary ? "varbinary" : "varchar";
    case MYSQL_TYPE_TINY_BLOB:
    case MYSQL_TYPE_MEDIUM_BLOB:
    case MYSQL_TYPE_LONG_BLOB:
    case MYSQL_TYPE_BLOB: return binary ? "blob" : "text";
    default: break;
  }
  if ((field.flags & ENUM_FLAG) != 0) return "enum";
  if ((field.flags & SET_FLAG) != 0) return "set";
  return binary ? "binary" : "char";
}

bool holdsBytes(const MYSQL_FIELD& field) {
  if (field.type == MYSQL_TYPE_GEOMETRY) return true;
  if (field.charsetnr != binaryCharset) return false;
  switch (field.type) {
    case MYSQL_TYPE_VARCHAR:
    case MYSQL_TYPE_VAR_STRING:
    case MYSQL_TYPE_STRING:
    case MYSQL_TYPE_TINY_BLOB:
    case MYSQL_TYPE_MEDIUM_BLOB:
    case MYSQL_TYPE_LONG_BLOB:
    case MYSQL_TYPE_BLOB: return true;
    default: return false;
  }
}

protocol::ColumnKind kindOf(const MYSQL_FIELD& field, bool binary) {
  using protocol::ColumnKind;
  if (field.type == MYSQL_TYPE_JSON) return ColumnKind::json;
  if (binary || field.type == MYSQL_TYPE_BIT) return ColumnKind::binary;
  switch (field.type) {
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_TIME:
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_TIMESTAMP: return ColumnKind::time;
    default: return IS_NUM(field.type) ? ColumnKind::number : ColumnKind::text;
  }
}

protocol::Column describe(const MYSQL_FIELD& field) {
  const auto extended = extendedType(field);
  const bool binary = extended.empty() && holdsBytes(field);
  protocol::Column column;
  column.name.assign(field.name, field.name_length);
  column.type = extended.empty() ? baseType(field, binary) : extended;
  column.kind = extended == "json" ? protocol::ColumnKind::json : kindOf(field, binary);
  if ((field.flags & UNSIGNED_FLAG) != 0 && column.kind == protocol::ColumnKind::number &&
      field.type != MYSQL_TYPE_YEAR)
    column.type += " unsigned";
  return column;
}

ColumnShape shapeOf(const MYSQL_FIELD& field) {
  if (field.type == MYSQL_TYPE_BIT) return {Shape::bits, static_cast<unsigned>(field.length)};
  if (extendedType(field).empty() && holdsBytes(field)) return {Shape::binary, 0};
  return {};
}

void writeHex(std::string_view bytes, std::string& text) {
  constexpr char digits[] = "0123456789ABCDEF";
  text.assign("0x");
  text.reserve(2 + 2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
}

/// The server sends the bits right-aligned, most significant byte first.
void writeBits(std::string_view bytes, unsigned width, std::string& text) {
  text.assign("b'");
  for (unsigned i = width; i-- > 0;) {
    const auto fromEnd = i / 8;
    const bool set =
        fromEnd < bytes.size() &&
        ((static_cast<unsigned char>(bytes[bytes.size() - 1 - fromEnd]) >> (i % 8)) & 1);
    text += set ? '1' : '0';
  }
  text += '\'';
}

}  // namespace

Columns::Columns(MYSQL_RES* result) {
  const MYSQL_FIELD* fields = mysql_fetch_fields(result);
  const std::size_t count = mysql_num_fields(result);
  for (std::size_t i = 0; i < count; ++i) {
    columns_.push_back(describe(fields[i]));
    shapes_.push_back(shapeOf(fields[i]));
    if (shapes_.back().shape != Shape::text) reshaped_.push_back(i);
  }
  cells_.resize(count);
  texts_.resize(reshaped_.size());
}

std::span<const Cell> Columns::cells(MYSQL_ROW row, const unsigned long* lengths) {
  for (std::size_t i = 0; i < cells_.size(); ++i) cells_[i] = {row[i], lengths[i]};
  for (std::size_t k = 0; k < reshaped_.size(); ++k) {
    const auto i = reshaped_[k];
    if (!row[i]) continue;
    const std::string_view bytes(row[i], lengths[i]);
    if (shapes_[i].shape == Shape::bits)
      writeBits(bytes, shapes_[i].bits, texts_[k]);
    else
      writeHex(bytes, texts_[k]);
    cells_[i] = Cell::of(texts_[k]);
  }
  return cells_;
}

}  // namespace mydba::mysql
