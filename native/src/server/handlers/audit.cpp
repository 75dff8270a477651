// The log is read through a connection of each request's own: readers do not wait for the writer,
// nor it for them (WAL).

#include <algorithm>

#include "dispatch.h"
#include "server/server.h"
#include "store/audit_export.h"

namespace mydba::server::handlers {
namespace {

constexpr std::size_t exportBytes = 16U << 20U;
constexpr std::size_t exportPage = 1000;
constexpr std::int64_t listedEntries = 200;

Result<store::AuditLog> openLog(Server& server) {
  const auto& path = server.audit().path();
  if (!path)
    return Error{.code = ErrorCode::io,
                 .message = "there is no audit log",
                 .hint = "set HOME or MYDBA_AUDIT_FILE where the editor is started"};
  return store::AuditLog::open(*path);
}

}  // namespace

Result<protocol::AuditPage> auditList(Call& call, const protocol::AuditListParams& params) {
  auto log = openLog(call.server());
  if (!log) return log.error();
  const auto limit = std::clamp<std::int64_t>(params.limit.value_or(listedEntries), 1, 1000);
  auto page =
      log->page(params.filter, params.before, static_cast<std::size_t>(limit), call.cancel());
  if (!page) return page.error();
  const auto retention = call.server().audit().retention();
  return protocol::AuditPage{.entries = std::move(page->entries),
                             .next = page->next,
                             .file = *call.server().audit().path(),
                             .keptDays = retention.days,
                             .keptMegabytes = retention.megabytes};
}

Result<protocol::AuditVerdict> auditVerify(Call& call, const protocol::AuditVerifyParams&,
                                           Stream<protocol::AuditProgress>& stream) {
  auto log = openLog(call.server());
  if (!log) return log.error();
  return log->verify(call.cancel(), [&stream](std::int64_t entries, std::int64_t total) {
    stream.send({.entries = entries, .total = total});
  });
}

Result<protocol::AuditExport> auditExport(Call& call, const protocol::AuditExportParams& params) {
  auto log = openLog(call.server());
  if (!log) return log.error();
  store::AuditText text(params.format, exportBytes);
  protocol::AuditExport result;
  std::optional<std::int64_t> before;
  do {
    const auto page = log->page(params.filter, before, exportPage, call.cancel());
    if (!page) return page.error();
    for (const auto& entry : page->entries) {
      if (!text.add(entry)) {
        result.truncated = true;
        break;
      }
      ++result.entries;
    }
    before = page->next;
  } while (before && !result.truncated);
  result.text = text.finish();
  return result;
}

Result<protocol::Empty> auditConfigure(Call& call, const protocol::AuditSettings& params) {
  call.server().audit().configure(params);
  return protocol::Empty{};
}

}  // namespace mydba::server::handlers
