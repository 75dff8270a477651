#include "engines/engine.h"

namespace mydba {
namespace {

class __Name__Engine final : public Engine {
 public:
  const protocol::EngineDescriptor& descriptor() const override { return descriptor_; }

  Result<std::unique_ptr<Connection>> connect(const protocol::ConnectionProfile&,
                                              const SecretSource&,
                                              const CancelToken&) const override {
    return Error{.code = ErrorCode::unsupported, .message = "__id__: connect is not written yet"};
  }

 private:
  protocol::EngineDescriptor descriptor_{.id = "__id__",
                                         .title = "__Name__",
                                         .schemes = {"__id__"},
                                         .dialect = "generic",
                                         .defaultPort = 1,
                                         .isFile = false,
                                         .facets = {}};
};

}  // namespace

std::vector<const Engine*> __id__Engines() {
  static const __Name__Engine engine;
  return {&engine};
}

}  // namespace mydba
