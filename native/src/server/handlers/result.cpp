#include <algorithm>

#include "dispatch.h"
#include "server/server.h"

namespace mydba::server::handlers {
namespace {

constexpr std::int64_t maxWindowRows = 10000;
/// A pool thread does not wait longer than this for a client that gives no credit.
constexpr std::chrono::seconds windowPatience{60};
constexpr std::chrono::milliseconds progressInterval{100};

Error negative(const char* field) {
  return {.code = ErrorCode::invalidParams, .message = std::string(field) + " is negative"};
}

result::FrameSink framesTo(rpc::StreamState& stream, const result::OpenResult& open) {
  return [&stream, redacted = open.redacted()](std::string_view frame) {
    const Deadline deadline = Clock::now() + windowPatience;
    auto credit = rpc::Credit::woken;
    while (credit == rpc::Credit::woken) credit = stream.acquire(deadline);
    if (credit != rpc::Credit::granted) return false;
    if (redacted.empty()) return stream.sendFrame(std::string(frame));
    auto shown = result::redactFrame(frame, redacted);
    return shown && stream.sendFrame(std::move(*shown));
  };
}

bool isRedacted(const result::OpenResult& open, std::uint32_t column) {
  const auto redacted = open.redacted();
  return column < redacted.size() && redacted[column];
}

/// The order and the filters of a person work on the values behind `•••`. To an agent they would
/// tell them, bit by bit.
Result<void> checkView(const result::OpenResult& open, const protocol::ViewParams& params) {
  if (open.canRevealOnDemand() || open.redacted().empty()) return {};
  const auto hidden = [&open](std::int64_t column) {
    return isRedacted(open,
                      static_cast<std::uint32_t>(std::clamp<std::int64_t>(column, 0, UINT32_MAX)));
  };
  bool tells = false;
  for (const auto& key : params.sort) tells = tells || hidden(key.column);
  for (const auto& filter : params.filters)
    tells = tells || !filter.column || hidden(*filter.column);
  if (!tells) return {};
  return Error{.code = ErrorCode::refused,
               .message = "a redacted column can be neither sorted nor filtered by chats and tools",
               .hint = "name another column"};
}

/// Number of a row in the spool.
Result<std::uint64_t> spoolRow(const result::OpenResult& result,
                               const protocol::CellParams& params) {
  const auto row = static_cast<std::uint64_t>(params.row);
  if (!params.viewId) return row;
  const auto view = result.view(*params.viewId);
  if (!view) return view.error();
  const auto window = (*view)->window(row, 1);
  if (!window) return window.error();
  if (window->empty())
    return Error{.code = ErrorCode::invalidParams, .message = "there is no such row"};
  return window->front();
}

}  // namespace

Result<protocol::RowsResult> resultRows(Call& call, const protocol::RowsParams& params,
                                        Stream<protocol::RowFrame>& stream) {
  const auto result = call.server().results().find(params.resultId);
  if (!result) return result.error();
  if (params.first < 0) return negative("first");
  if (params.count < 0) return negative("count");
  const auto first = static_cast<std::uint64_t>(params.first);
  const auto count = static_cast<std::uint64_t>(std::min(params.count, maxWindowRows));
  const auto& open = **result;
  const auto sink = framesTo(stream.state(), open);
  Result<std::uint64_t> sent = 0;
  if (params.viewId) {
    const auto view = open.view(*params.viewId);
    if (!view) return view.error();
    sent = (*view)->send(open.spool(), first, count, open.resultSet(), sink);
  } else {
    sent = open.spool().rows(first, count, open.resultSet(), sink);
  }
  if (!sent) return sent.error();
  return protocol::RowsResult{.first = params.first, .count = static_cast<std::int64_t>(*sent)};
}

Result<protocol::ViewResult> resultView(Call& call, const protocol::ViewParams& params,
                                        Stream<protocol::ProgressEvent>& stream) {
  const auto result = call.server().results().find(params.resultId);
  if (!result) return result.error();
  result::OpenResult& open = **result;
  if (auto may = checkView(open, params); !may) return may.error();
  if (auto ended = waitFor(open.ended().fd(), Ready::read, call.cancel()); !ended)
    return ended.error();
  // Closing the result ends the work on its view too.
  CancelSource cancel;
  const auto linked = call.cancel().onCancel(
      [cancel, request = call.cancel()]() mutable { cancel.cancel(request.reason()); });
  auto next = Clock::now() + progressInterval;
  const auto progress = [&](std::uint64_t rows) {
    if (open.closed()) cancel.cancel(CancelReason::user);
    if (Clock::now() < next) return;
    next = Clock::now() + progressInterval;
    stream.send({.resultSet = open.resultSet(),
                 .rows = static_cast<std::int64_t>(rows),
                 .bytes = static_cast<std::int64_t>(open.spool().bytes())});
  };
  auto view = result::View::create(
      open.spool(),
      {.columns = open.columns(), .sort = params.sort, .filters = params.filters, .directory = {}},
      cancel.token(), progress);
  if (!view) return view.error();
  const auto rows = static_cast<std::int64_t>(view->rows());
  return protocol::ViewResult{.viewId = open.keepView(std::move(*view)), .rows = rows};
}

Result<protocol::CellResult> resultCell(Call& call, const protocol::CellParams& params) {
  const auto result = call.server().results().find(params.resultId);
  if (!result) return result.error();
  if (params.row < 0) return negative("row");
  if (params.column < 0) return negative("column");
  const auto row = spoolRow(**result, params);
  if (!row) return row.error();
  // A column past the limit of the type is as absent as one past the last.
  const auto column = std::min<std::int64_t>(params.column, UINT32_MAX);
  auto cell = (*result)->spool().cell(*row, static_cast<std::uint32_t>(column));
  if (!cell) return cell.error();
  if (cell->text && isRedacted(**result, static_cast<std::uint32_t>(column)))
    return protocol::CellResult{.text = std::string(result::redactedCell),
                                .bytes = static_cast<std::int64_t>(result::redactedCell.size()),
                                .truncated = false};
  return protocol::CellResult{.text = std::move(cell->text),
                              .bytes = static_cast<std::int64_t>(cell->bytes),
                              .truncated = cell->truncated};
}

Result<protocol::Empty> resultReveal(Call& call, const protocol::RevealParams& params) {
  const auto result = call.server().results().find(params.resultId);
  if (!result) return result.error();
  if (auto revealed = (*result)->reveal(params.column); !revealed) return revealed.error();
  return protocol::Empty{};
}

Result<protocol::Empty> resultReadAll(Call& call, const protocol::ResultParams& params) {
  const auto result = call.server().results().find(params.resultId);
  if (!result) return result.error();
  (*result)->readAll();
  return protocol::Empty{};
}

Result<protocol::Empty> resultClose(Call& call, const protocol::ResultParams& params) {
  call.server().results().close(params.resultId);
  return protocol::Empty{};
}

}  // namespace mydba::server::handlers
