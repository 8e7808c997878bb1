import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// What will start (administration §6.3).
struct ForecastHandler {
    let forecasts: ForecastService
    let catalogue: CatalogueHolder

    func forecast(_ call: Call) async throws -> Answer {
        let caller = try call.requireCaller()
        let filter = try call.query["q"].map { text throws(SchedulerError) in
            try RequestFilter.requests(parsing: text, catalogue: catalogue.current)
        }
        let forecast = try await forecasts.forecast(
            from: call.query.instant("from"),
            to: call.query.instant("to"),
            filter: filter,
            caller: caller
        )
        return call.answer(ForecastAnswer(forecast: forecast).encoded)
    }
}
