#include "engines/mysql/prepared.h"

#include <memory>

#include "engines/mysql/failure.h"

namespace mydba::mysql {
namespace {

struct CloseStatement {
  void operator()(MYSQL_STMT* statement) const { mysql_stmt_close(statement); }
};
using Statement = std::unique_ptr<MYSQL_STMT, CloseStatement>;

Error statementError(MYSQL_STMT* statement) {
  return failure(mysql_stmt_errno(statement), mysql_stmt_error(statement));
}

/// One result column. Names fit into the first buffer; what does not is fetched again.
struct Slot {
  std::string buffer = std::string(512, '\0');
  unsigned long length = 0;
  my_bool isNull = 0;
};

void bindSlots(std::vector<Slot>& slots, std::vector<MYSQL_BIND>& binds) {
  for (std::size_t i = 0; i < slots.size(); ++i) {
    binds[i] = {};
    binds[i].buffer_type = MYSQL_TYPE_STRING;
    binds[i].buffer = slots[i].buffer.data();
    binds[i].buffer_length = slots[i].buffer.size();
    binds[i].length = &slots[i].length;
    binds[i].is_null = &slots[i].isNull;
  }
}

std::string longText(MYSQL_STMT* statement, unsigned column, unsigned long length) {
  std::string text(length, '\0');
  MYSQL_BIND bind{};
  bind.buffer_type = MYSQL_TYPE_STRING;
  bind.buffer = text.data();
  bind.buffer_length = length;
  bind.length = &length;
  mysql_stmt_fetch_column(statement, &bind, column, 0);
  return text;
}

Row readRow(MYSQL_STMT* statement, const std::vector<Slot>& slots) {
  Row row(slots.size());
  for (unsigned i = 0; i < slots.size(); ++i) {
    const Slot& slot = slots[i];
    if (slot.isNull) continue;
    if (slot.length > slot.buffer.size())
      row[i] = longText(statement, i, slot.length);
    else
      row[i].emplace(slot.buffer, 0, slot.length);
  }
  return row;
}

Result<Rows> readRows(MYSQL_STMT* statement) {
  Rows rows;
  std::vector<Slot> slots(mysql_stmt_field_count(statement));
  if (slots.empty()) return rows;
  std::vector<MYSQL_BIND> binds(slots.size());
  bindSlots(slots, binds);
  if (mysql_stmt_bind_result(statement, binds.data()) != 0) return statementError(statement);
  for (;;) {
    const int fetched = mysql_stmt_fetch(statement);
    if (fetched == MYSQL_NO_DATA) return rows;
    if (fetched != 0 && fetched != MYSQL_DATA_TRUNCATED) return statementError(statement);
    rows.push_back(readRow(statement, slots));
  }
}

}  // namespace

Result<Rows> queryPrepared(MYSQL* handle, std::string_view sql,
                           std::span<const std::string_view> values) {
  const Statement statement(mysql_stmt_init(handle));
  if (!statement) return Error{.code = ErrorCode::internal, .message = "out of memory"};
  if (mysql_stmt_prepare(statement.get(), sql.data(), sql.size()) != 0)
    return statementError(statement.get());
  if (mysql_stmt_param_count(statement.get()) != values.size())
    return Error{.code = ErrorCode::internal, .message = "wrong number of values"};
  std::vector<MYSQL_BIND> binds;
  for (const auto value : values) {
    MYSQL_BIND& bind = binds.emplace_back();
    bind = {};
    bind.buffer_type = MYSQL_TYPE_STRING;
    bind.buffer = const_cast<char*>(value.data());  // the library only reads parameters
    bind.buffer_length = value.size();
  }
  if (mysql_stmt_bind_param(statement.get(), binds.data()) != 0 ||
      mysql_stmt_execute(statement.get()) != 0)
    return statementError(statement.get());
  return readRows(statement.get());
}

}  // namespace mydba::mysql
