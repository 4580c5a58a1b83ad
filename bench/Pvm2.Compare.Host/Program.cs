using System.Globalization;
using Pvm2.Compare.Host.Commands;
using Pvm2.Compare.Host.Engines;

return (int)(args switch
{
    ["serve", var id] when EngineCatalog.Find(id) is { } create => ServeCommand.Run(create),
    ["once", var id, var path] when EngineCatalog.Find(id) is { } create => OnceCommand.Run(create, path),
    ["curve", var id, var text] when EngineCatalog.FindTier(id) is var (tier, model)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds > 0
        => CurveCommand.Run(tier, model, rounds),
    ["list"] => ListCommand.Run(),
    _ => UsageCommand.Run(),
});
