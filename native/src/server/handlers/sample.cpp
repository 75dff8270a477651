#include "sample/sample.h"

#include "dispatch.h"

namespace mydba::server::handlers {

Result<protocol::SampleResult> sampleCreate(Call& call, const protocol::SampleParams& params,
                                            Stream<protocol::SampleProgress>& stream) {
  // A closed stream is a cancelled request; the token says so.
  const auto report = [&](const protocol::SampleProgress& progress) { stream.send(progress); };
  return sample::createSample(params.directory, report, call.cancel());
}

}  // namespace mydba::server::handlers
