// Methods whose subject has not landed yet. Each moves to its own file with its subject.

#include "dispatch.h"

namespace mydba::server::handlers {
namespace {

Error notYet(Call& call) {
  return {.code = ErrorCode::unsupported, .message = call.method() + " is not in this build"};
}

}  // namespace

Result<protocol::RunResult> queryRun(Call& call, const protocol::RunParams&,
                                     Stream<protocol::RunEvent>&) {
  return notYet(call);
}
Result<protocol::RowsResult> resultRows(Call& call, const protocol::RowsParams&,
                                        Stream<protocol::RowFrame>&) {
  return notYet(call);
}
Result<protocol::ViewResult> resultView(Call& call, const protocol::ViewParams&,
                                        Stream<protocol::ProgressEvent>&) {
  return notYet(call);
}
Result<protocol::CellResult> resultCell(Call& call, const protocol::CellParams&) {
  return notYet(call);
}
Result<protocol::Empty> resultReadAll(Call& call, const protocol::ResultParams&) {
  return notYet(call);
}
Result<protocol::Empty> resultClose(Call& call, const protocol::ResultParams&) {
  return notYet(call);
}
Result<protocol::SampleResult> sampleCreate(Call& call, const protocol::SampleParams&,
                                            Stream<protocol::SampleProgress>&) {
  return notYet(call);
}

}  // namespace mydba::server::handlers
