using Pvm2.Compare.Host.Commands;
using Pvm2.Compare.Host.Engines;

return (int)(args switch
{
    ["serve", var id] when EngineCatalog.Find(id) is { } create => ServeCommand.Run(create),
    ["once", var id, var path] when EngineCatalog.Find(id) is { } create => OnceCommand.Run(create, path),
    ["list"] => ListCommand.Run(),
    _ => UsageCommand.Run(),
});
